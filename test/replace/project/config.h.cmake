/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#cmakedefine HAVE_GETSERVBYNAME 1
#cmakedefine HAVE_GETADDRINFO 1
#cmakedefine HAVE_GETNAMEINFO 1
#cmakedefine HAVE_SELECT 1
#cmakedefine HAVE_ACCEPT4 1
