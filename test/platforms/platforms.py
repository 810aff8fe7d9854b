#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""The oracle on every platform that has a cross compiler in Debian.

    platforms.py --packages
    platforms.py [--every N] COMPILER [PLATFORM]...

COMPILER is ianaport-compile. For each platform, the library is built with
warnings as errors, and all questions of oracle.py are put to it: to the
registry that is built in, and to one that is loaded; with --every, those about
every Nth name and port. The report is a table for doc/platforms.md.
"""

import argparse
import concurrent.futures
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import typing

ROOM = pathlib.Path(__file__).resolve().parent
SOURCE = ROOM.parent.parent
LIBRARY = sorted(path for room in ("lookup", "load", "netdb")
                 for path in (SOURCE / "lib" / room).glob("*.c")
                 if path.name != "once.c")      # the NSS module's
ORACLE = SOURCE / "test/oracle"
SYSTEM = SOURCE / "test/portable/system.c"
REGISTRY = ("--conventional", SOURCE / "registry/conventional.services",
            SOURCE / "registry/service-names-port-numbers.xml")
FLAGS = ("-std=c99 -O2 -Wall -Wextra -Wpedantic -Wconversion -Wshadow "
         "-Werror").split()


class Platform(typing.NamedTuple):
    name: str
    packages: str
    cc: str                     # compiler, and flags to compile and to link
    run: str = ""               # what runs a program
    shared: str = ""            # name of the library, and flags to link it
    link: str = "-lpthread"     # flags to link a program
    also: tuple = (SYSTEM,)     # other programs to run
    netdb: bool = True
    load: str = "--registry"    # --memory without files


def linux(name, triple, arch):
    """A shared library, as distributions have it."""
    return Platform(name, f"qemu-user gcc-{triple} libc6-dev-{arch}-cross",
                    f"{triple}-gcc -fPIC", f"qemu-{name} -L /usr/{triple}",
                    "libianaport.so -Wl,-z,defs")


MINGW = "x86_64-w64-mingw32-gcc"
WINE = "wine wine64 gcc-mingw-w64-x86-64-win32"
PLATFORMS = (
    Platform("x86-64", "gcc", "gcc"),
    Platform("x86-64-musl", "musl-tools", "musl-gcc -static"),
    Platform("x86-64-musl-shared", "musl-tools", "musl-gcc -fPIC",
             shared="libianaport.so -Wl,-z,defs"),
    # Any program of dietlibc that had a thread ends with SIGSEGV.
    Platform("x86-64-dietlibc", "dietlibc-dev", "diet gcc", also=()),
    Platform("i686", "gcc-i686-linux-gnu libc6-dev-i386-cross",
             "i686-linux-gnu-gcc -static"),
    Platform("i386", "gcc-i686-linux-gnu libc6-dev-i386-cross",
             "i686-linux-gnu-gcc -march=i386 -static"),
    linux("aarch64", "aarch64-linux-gnu", "arm64"),
    linux("arm", "arm-linux-gnueabihf", "armhf"),
    linux("riscv64", "riscv64-linux-gnu", "riscv64"),
    linux("ppc64", "powerpc64-linux-gnu", "ppc64"),
    linux("s390x", "s390x-linux-gnu", "s390x"),
    linux("mips", "mips-linux-gnu", "mips"),
    linux("m68k", "m68k-linux-gnu", "m68k"),
    Platform("windows", WINE, MINGW, "wine", link="-lws2_32",
             also=(SYSTEM, ROOM / "winsock.c")),
    Platform("windows-dll", WINE, MINGW, "wine", "ianaport.dll -lws2_32",
             "-lws2_32", (SYSTEM, ROOM / "winsock.c")),
    Platform("wasi", "clang lld wasi-libc libclang-rt-14-dev-wasm32 nodejs",
             "clang --target=wasm32-wasi",
             f"node --no-warnings {ROOM}/wasi.mjs", link="", also=(),
             netdb=False),
    Platform("cortex-m3",
             "gcc-arm-none-eabi picolibc-arm-none-eabi qemu-system-arm",
             "arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb --specs=picolibc.specs",
             f"{ROOM}/bare.sh", link="--crt0=semihost --oslib=semihost "
             "-Wl,--defsym=__flash=0,--defsym=__flash_size=0x400000"
             ",--defsym=__ram=0x21000000,--defsym=__ram_size=0x1000000",
             also=(), netdb=False, load="--memory"),
)


class Failure(Exception):
    """What a command said."""


class Result(typing.NamedTuple):
    code: int                   # bytes
    data: int
    questions: int
    wrong: int


def run(*command, cwd=None, good=(0,)):
    done = subprocess.run(list(map(str, command)), cwd=cwd, text=True,
                          errors="replace", stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode not in good:
        raise Failure(f"{command[0]}: exit {done.returncode}\n{done.stdout}")
    return done.stdout


# ---- What all of them need --------------------------------------------------

def write_questions(work, every):
    with open(work / "questions", "wb") as questions:
        subprocess.run([sys.executable, ORACLE / "oracle.py", "--every",
                        str(every), *REGISTRY], check=True, stdout=questions)


def write_registry(work, compiler):
    run(compiler, "--c", work / "builtin.c", "--header", work / "builtin.h",
        "--details", work / "builtin_details.c", "--blob", work / "blob",
        *REGISTRY)
    version = run(SOURCE / "include/version.sh")
    (work / "ianaport-version.h").write_text(version, "ascii")


# ---- One --------------------------------------------------------------------

def compile_to_objects(platform, work, *sources):
    """In the platform's own folder."""
    run(*platform.cc.split(), *FLAGS, f"-I{work}", f"-I{SOURCE}/include",
        f"-I{SOURCE}/lib", "-c", *sources, cwd=work / platform.name)
    return [f"{platform.name}/{source.stem}.o" for source in sources]


def size_of(work, objects):
    """Text and data, without symbols."""
    lines = run("llvm-size", "-t", *objects, cwd=work).splitlines()
    return sum(map(int, lines[-1].split()[:2]))


def build(platform, work):
    """Returns the sizes of code and of the registry."""
    cc = platform.cc.split()
    (work / platform.name).mkdir()
    code = compile_to_objects(platform, work, *LIBRARY)
    data = compile_to_objects(platform, work, work / "builtin.c",
                              work / "builtin_details.c")
    library = code + data
    if platform.shared:
        name, *flags = platform.shared.split()
        library = [f"{platform.name}/{name}"]
        run(*cc, "-shared", f"-Wl,--version-script={SOURCE}/lib/ianaport.map",
            "-o", *library, *code, *data, *flags, cwd=work)
    for program in (ORACLE / "oracle_ask.c", *platform.also):
        run(*cc, *FLAGS, f"-I{work}", f"-I{SOURCE}/include",
            f"-DIANA_NETDB={int(platform.netdb)}",
            "-o", f"{platform.name}/{program.stem}.exe",
            program, *library, *platform.link.split(), cwd=work)
    return size_of(work, code), size_of(work, data)


def execute(platform, work, program, *args, good=(0,)):
    return run(*platform.run.split(), f"{platform.name}/{program}.exe", *args,
               cwd=work, good=good)


def ask(platform, work, *source):
    """Returns the numbers of questions and of wrong answers."""
    said = execute(platform, work, "oracle_ask", *source, "questions",
                   good=(0, 1))
    found = re.search(r"^oracle: (\d+) questions, (\d+) wrong$", said, re.M)
    if not found:
        raise Failure(said)
    if found[2] != "0":
        print(f"{platform.name}: {said}", file=sys.stderr)
    return int(found[1]), int(found[2])


def judge(platform, work):
    start = time.monotonic()
    sizes = build(platform, work)
    for program in platform.also:
        execute(platform, work, program.stem, "blob")
    counts = ask(platform, work), ask(platform, work, platform.load, "blob")
    result = Result(*sizes, *map(sum, zip(*counts)))
    print(f"{platform.name}: {result}, {time.monotonic() - start:.0f} s",
          file=sys.stderr)
    return result


# ---- The report -------------------------------------------------------------

REPORT = """\
# Platforms

On each of these, the library was compiled as C99 with warnings as errors, and
the oracle's questions were put to it: to the registry that is built in, and to
one that is loaded from a file and from memory. A Cortex-M3 has no files, and
neither it nor WASI has `<netdb.h>`. `code` and `registry` are what the library
has in memory, in bytes, at `-O2`: its instructions and constants, and the
registry with its details.

    test/platforms/platforms.py --every %d \\
        build/registry/compiler/ianaport-compile >doc/platforms.md

writes this page. Debian %s, %s.

| platform | compiler | run by | questions | wrong | code | registry |
|---|---|---|---:|---:|---:|---:|
"""


def row(platform, result):
    runner = os.path.basename((platform.run or "itself").split()[0])
    return (f"| {platform.name} | {platform.cc.split()[0]} | {runner} | "
            f"{result.questions:,} | {result.wrong:,} | {result.code:,} | "
            f"{result.data:,} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--packages", action="store_true")
    parser.add_argument("--every", metavar="N", type=int, default=1)
    parser.add_argument("compiler", nargs="?", metavar="COMPILER")
    parser.add_argument("platforms", nargs="*", metavar="PLATFORM")
    args = parser.parse_args()
    if args.packages:
        needed = {name for p in PLATFORMS for name in p.packages.split()}
        print(*sorted({"llvm", *needed}))       # for llvm-size
        return 0
    named = {p.name: p for p in PLATFORMS}
    names = args.platforms or list(named)
    if not args.compiler or not set(names) <= set(named):
        parser.error(f"a COMPILER, and some of {' '.join(named)}")
    chosen = [named[name] for name in names]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        write_questions(work, args.every)
        write_registry(work, pathlib.Path(args.compiler).resolve())
        debian = pathlib.Path("/etc/debian_version").read_text().strip()
        print(REPORT % (args.every, debian, datetime.date.today()), end="")
        return judge_all(chosen, work)


def judge_all(platforms, work):
    os.environ.update(WINEPREFIX=str(work / "wine"), WINEDEBUG="-all")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        done = [pool.submit(judge, p, work) for p in platforms]
        for platform, future in zip(platforms, done):
            try:
                result = future.result()
                failed += result.wrong > 0
                print(row(platform, result))
            except (Failure, OSError) as failure:
                failed += 1
                print(f"{platform.name}: {failure}", file=sys.stderr)
    if any(p.run == "wine" for p in platforms):
        run("wineserver", "-k", good=(0, 1))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
