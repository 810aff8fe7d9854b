# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_reasons.py BUILD CC...

Why -D alone replaces libc's calls: each of these programs works with the flags
of ianaport-replace.pc, and does not with a header that is forced in."""

import shutil
import sys
import tempfile

from replaced import (HERE, expect, expect_ours, force, install, must,
                      pkg_config, run)

# What a program has, its files and dialect, and what the compiler says where a
# header comes first: the first one is only a warning for some, and the program
# crashes.
REASONS = [
    ("_GNU_SOURCE", "gnu_source.c", "-std=gnu17", "strcasestr"),
    ("_POSIX_C_SOURCE", "posix_source.c", "-std=c99", "incomplete"),
    ("assembler", "assembler.c assembler.S", "-std=gnu17", "stddef.h:"),
]
# The same for 32 bits, where no program is linked.
CC_32 = "i686-linux-gnu-gcc"
REASONS_32 = [
    ("_FILE_OFFSET_BITS", "large_file.c", "-std=gnu17", "off_t has 32 bits"),
]
WARN = ["-Wall", "-Wextra", "-Werror"]
ANSWER = "PORT 2013\n"


def compile_and_run(cc, files, dialect, environment, target):
    """All that compiler and program print."""
    flags = pkg_config(environment, "--cflags")
    libs = pkg_config(environment, "--libs")
    compiled = run([*cc, dialect, *flags, *files.split(), *libs, "-o", target],
                   cwd=HERE)
    if compiled.returncode:
        return compiled
    done = run([target], env=environment)
    done.stdout = compiled.stdout + done.stdout
    return done


def compile_only(cc, files, dialect, environment, target):
    flags = pkg_config(environment, "--cflags")
    return run([*cc, dialect, *flags, "-c", *files.split(), "-o", target],
               cwd=HERE)


def check(reasons, how, answer, cc, environment, forced, target):
    for what, files, dialect, said in reasons:
        must_fail(what, how(cc, files, dialect, forced, target), said)
        done = how([*cc, *WARN], files, dialect, environment, target)
        expect(what, must(what, done), answer)
        expect_ours(what, target)


def must_fail(what, done, said):
    """End the test unless it failed, and for that reason."""
    if not done.returncode:
        sys.exit(f"{what}: works with a header forced in:\n{done.stdout}")
    if said not in done.stdout:
        sys.exit(f"{what}: fails, but not of '{said}':\n{done.stdout}")


def main():
    build, *cc = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        environment = install(build, folder)
        forced = force(environment, folder)
        target = folder + "/target"
        # Where nothing comes before it, the header does what it is for.
        must("forced.h", compile_and_run([*cc, *WARN], "program.c",
                                         "-std=gnu17", forced, target))
        expect_ours("forced.h", target)
        check(REASONS, compile_and_run, ANSWER, cc, environment, forced,
              target)
        if shutil.which(CC_32):
            check(REASONS_32, compile_only, "", [CC_32], environment, forced,
                  target)
        else:
            print(f"no {CC_32}: not tried for 32 bits")


main()
