# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Runs the command: with files, and on a terminal of its own."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import time

TOOL = sys.argv.pop(1)


def ask(*words, given=None, env=None):
    """Exit status, standard output and standard error."""
    done = subprocess.run(
        [TOOL, *words], capture_output=True, input=given,
        stdin=None if given is not None else subprocess.DEVNULL,
        env=dict(os.environ, **env) if env else None)
    return (done.returncode, done.stdout.decode(errors="surrogateescape"),
            done.stderr.decode(errors="surrogateescape"))


def answer(*words, **how):
    """Standard output of what must be found, without a word of complaint."""
    status, out, err = ask(*words, **how)
    assert (status, err) == (0, ""), (words, status, err)
    return out


def seconds_to_miss(*words, **how):
    """Time of the processor."""
    before = os.times().children_user
    status, *_ = ask(*words, **how)
    assert status == 1, (words, status)
    return os.times().children_user - before


def run_on_terminal(*words, columns=80, env=None, started=lambda child: None):
    """Exit status, and what a terminal gets, with newlines as they were
    written."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ,
                struct.pack("HHHH", 24, columns, 0, 0))
    env = {k: v for k, v in os.environ.items()
           if k not in ("COLUMNS", "NO_COLOR")} | {"TERM": "xterm"} | (env or {})
    child = subprocess.Popen([TOOL, *words], stdin=slave, stdout=slave,
                             stderr=slave, env=env)
    started(child)
    os.close(slave)
    os.write(master, b"\4" * 9)         # whoever reads there finds the end
    seen = b""
    for _ in range(2):
        try:
            while piece := os.read(master, 4096):
                seen += piece
        except OSError:                 # the other end is closed
            child.wait()
            time.sleep(0.01)            # and its last words may be on the way
    os.close(master)
    return child.wait(), seen.decode(errors="surrogateescape").replace(
        "\r\n", "\n")


def on_terminal(*words, **how):
    """What a terminal gets."""
    return run_on_terminal(*words, **how)[1]
