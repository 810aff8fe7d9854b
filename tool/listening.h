/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef LISTENING_H
#define LISTENING_H

/* Of 65,536 ports, clears those on which a socket of this machine listens. If
 * the system does not tell them, the command fails. */
void
leave_out_listening(char *is_free);

#endif
