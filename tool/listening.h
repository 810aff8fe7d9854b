/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef LISTENING_H
#define LISTENING_H

/* Clears the ports on which a socket of this machine waits, of 65,536. Where
 * the system does not say, the command fails. */
void
leave_out_listening(char *is_free);

#endif
