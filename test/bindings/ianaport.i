/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* SWIG's interface file, for every language. Nothing sets a member of a
 * service. */
%module ianaport
%{
#include <ianaport.h>
%}
%immutable;
%include <stdint.i>
%include <ianaport.h>
