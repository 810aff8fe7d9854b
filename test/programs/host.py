# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""A host to try NSS module and shim on: this one, with an /etc of its own.

A test calls enter() first, which starts it again in a mount namespace that is
private to it, and make_etc() then, which puts a copy over /etc. What it writes
there, nobody else sees, and it is gone when the test ends."""

import os
import pathlib
import subprocess
import sys
import tempfile

SKIP = 77                       # the exit status that meson counts as a skip
INSIDE = "IANAPORT_TEST_HOST"


def enter(*more):
    """Start this program again in a mount namespace of its own, and in more
    namespaces: enter("--net")."""
    os.umask(0o022)                     # others read what is in /etc
    if INSIDE in os.environ:
        return
    unshare = ["unshare", "--mount", "--propagation", "private", *more]
    if os.geteuid() != 0:
        unshare.insert(1, "--map-root-user")
    tried = subprocess.run([*unshare, "true"], capture_output=True, text=True)
    if tried.returncode:
        print("skipped: no private namespace here:",
              tried.stderr.strip())
        sys.exit(SKIP)
    os.environ[INSIDE] = "1"
    # meson's, which finds what /etc does not name.
    os.environ.pop("LD_LIBRARY_PATH", None)
    sys.stdout.flush()
    os.execvp("unshare", [*unshare, sys.executable, *sys.argv])


def make_etc(*libraries):
    """Put a copy of /etc in its place, which ends with the namespace. The
    dynamic loader, that of set-uid programs too, then finds the libraries."""
    with tempfile.TemporaryDirectory() as copy:
        copy_readable("/etc", copy)
        run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/etc")
        copy_readable(copy, "/etc")
    if os.path.isdir("/run/nscd"):      # it would answer for the real /etc
        run("mount", "-t", "tmpfs", "tmpfs", "/run/nscd")
    folders = {str(pathlib.Path(library).resolve().parent)
               for library in libraries}
    write("ld.so.conf.d/00-ianaport.conf", *sorted(folders))
    run("/sbin/ldconfig", "-X")


def copy_readable(source, target):
    """Copy a folder, except what only another user may read."""
    subprocess.run(["cp", "-R", "--preserve=links,mode", source + "/.",
                    target], stderr=subprocess.DEVNULL)


def write(name, *lines):
    """Replace a file in /etc."""
    path = pathlib.Path("/etc", name)
    path.write_text("".join(line + "\n" for line in lines))


def use(*sources):
    """Let these answer for services: use("files", "ianaport")."""
    path = pathlib.Path("/etc/nsswitch.conf")
    others = [line for line in path.read_text().splitlines()
              if not line.startswith("services:")]
    write("nsswitch.conf", *others, "services: " + " ".join(sources))


def run(*command):
    subprocess.run(command, check=True)
