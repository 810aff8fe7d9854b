#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: version.sh >ianaport-version.h
# For a build without meson: the version header, with the version that stands in
# the project's meson.build.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
version=$(sed -n "s/^  version: '\([0-9.]*\)',\$/\1/p" "$here/../meson.build")
IFS=. read -r major minor patch <<-EOT
	$version
EOT
sed "s/@MAJOR@/$major/g; s/@MINOR@/$minor/g; s/@PATCH@/$patch/g
	s/@NETDB@/1/" \
	"$here/ianaport-version.h.in"
