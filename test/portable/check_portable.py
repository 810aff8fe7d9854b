#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_portable.py SOURCE BUILD COMPILE REGISTRY PART

The sources of the library as any compiler and system may get them: C99, all
warnings errors, no flag. PART is one of:

rule        only lib/format/platform.h asks which system or compiler this is
compilers   each compiler here builds the library and system.c, which runs
interfaces  it compiles for systems that are not here, with interface.h
windows     it runs under Wine, static and as a DLL"""

import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
STRICT = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
          "-Wshadow", "-Werror"]
MINGW = "x86_64-w64-mingw32"


def run(*command, **options):
    """What a command prints; the test fails if it does."""
    done = subprocess.run(command, capture_output=True, text=True,
                          check=False, **options)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n"
                 f"{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def is_here(command):
    if shutil.which(command):
        return True
    print(f"{command} is not here: not tried")
    return False


class Library:
    """Its sources, with IANA's registry built in, in a folder of its own."""

    def __init__(self, source, compile_, registry, folder):
        self.folder = pathlib.Path(folder)
        files = {f"--{option}": self.folder / name for option, name in
                 (("c", "builtin.c"), ("header", "builtin.h"),
                  ("details", "builtin_details.c"), ("blob", "blob"))}
        run(compile_, *sum(map(list, files.items()), []), registry)
        self.blob = files["--blob"]
        (self.folder / "ianaport-version.h").write_text(
            run(source / "include/version.sh"), "ascii")
        # A copy, as klcc leaves its object files beside the sources.
        lib = self.folder / "lib"
        shutil.copytree(source / "lib", lib)
        self.include = [f"-I{self.folder}", f"-I{source}/include", f"-I{lib}"]
        self.code = [file for room in ("lookup", "load", "netdb")
                     for file in sorted((lib / room).glob("*.c"))
                     if file.name != "once.c"]
        self.once = lib / "load/once.c"
        self.sources = [*self.code, *sorted(self.folder.glob("*.c"))]


# ---- One header that knows systems ------------------------------------------

CONDITION = re.compile(r"^#\s*(?:if|ifdef|ifndef|elif)\s+((?:.*\\\n)*.*)",
                       re.MULTILINE)
OUR_OWN = re.compile(r"(?:IAP|IANA)_\w+|\w+_H|defined|__cplusplus|ONE_BY_ONE|"
                     r"IAP_SYSTEM_PATH|LIBXML_VERSION")
# An installed header cannot include ours.
EXCEPTIONS = {("ianaport-netdb.h", "_WIN32")}


def check_rule(source):
    found = 0
    for room in ("lib", "include", "tool", "registry/compiler"):
        for file in sorted((source / room).rglob("*.[ch]")):
            text = re.sub(r"/\*.*?\*/", "", file.read_text("ascii"),
                          flags=re.S)
            for match in CONDITION.finditer(text):
                for word in re.findall(r"[A-Za-z_]\w*", match[1]):
                    found += 1
                    if (not OUR_OWN.fullmatch(word)
                            and file.name != "platform.h"
                            and (file.name, word) not in EXCEPTIONS):
                        sys.exit(f"{file}: #if {match[1]}: this is for "
                                 "lib/format/platform.h")
    if found < 100:
        sys.exit(f"{found} conditions found: this looks for the wrong thing")


# ---- Compilers that are here ------------------------------------------------

# A compiler, its flags, and whether its programs run here.
COMPILERS = [
    (["gcc", *STRICT], True),
    (["clang", *STRICT], True),
    (["tcc", "-std=c99", "-Wall", "-Werror"], True),
    (["musl-gcc", "-static", *STRICT], True),
    (["diet", "gcc", "-fno-pie", "-no-pie", *STRICT], True),
    (["i686-linux-gnu-gcc", "-march=i386", "-static", *STRICT], True),
    ([MINGW + "-gcc", *STRICT], False),
    (["arm-none-eabi-gcc", "--specs=picolibc.specs", *STRICT], False),
    (["clang", "--target=wasm32-wasi", "-isystem", "/usr/include/wasm32-wasi",
      *STRICT], False),
]
NO_SYSTEM = re.compile(r"open|fstat|stat|mmap|read|close|getaddrinfo|"
                       r"__(?:atomic|sync)\w+")


def check_compilers(library):
    for command, runs in COMPILERS:
        if not is_here(command[0]):
            continue
        if not runs:
            run(*command, *library.include, "-c", *library.code,
                cwd=library.folder)
            continue
        program = library.folder / "program"
        run(*command, *library.include, "-o", program, *library.sources,
            HERE / "system.c", "-lpthread")
        print(" ".join(command[:2]), run(program, library.blob).split("\n")[0])
        if command[0].startswith("i686"):
            check_host(library, command)
    check_bare(library)


HOST = r"""
#include "load/system.h"
#include <stdio.h>
#include <sys/mman.h>

int
main(void)
{
    static const size_t size = 1 << 20;
    char *other = mmap(NULL, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    memset(other, 'A', size);
    printf("%s\n", iap_system_registry() ? "used" : "not used");
    return other[0] != 'A' || memcmp(other, other + 1, size - 1);
}
"""


def check_host(library, command):
    """The host's registry where a size or a time may need more bits."""
    if os.geteuid():
        print("the host's registry: not tried, as it must be root's")
        return
    program, source, path = (library.folder / name for name in
                             ("host", "host.c", "registry"))
    source.write_text(HOST, "ascii")
    run(*command, *library.include, f'-DIAP_SYSTEM_PATH="{path}"', "-o",
        program, *library.sources, library.once, source)
    path.write_bytes(library.blob.read_bytes())
    for year in 2026, 2040:
        seconds = (year - 1970) * 31556952
        os.utime(path, (seconds, seconds))
        if run(program) != "used\n":
            sys.exit(f"a registry of {year} is not used")
    size = 0xfffffff8
    path.write_bytes(b"IANAPORT" + struct.pack("<II", 1, size))
    os.truncate(path, size)
    if run(program) != "not used\n":
        sys.exit("a registry of 4 GiB is used")


BARE = """
#include <ianaport.h>

int
main(void)
{
    struct iana_registry *reg;
    int error = iana_registry_open_memory("IANAPORT", 8, &reg);

    error |= iana_registry_open("/a/file", &reg);
    error |= iana_registry_open_system(&reg);
    return iana_port_of(0, "https", 6) != 443 || !*iana_strerror(error);
}
"""


def check_bare(library):
    """Without <netdb.h>, as with klibc, it runs. Without a system, all of it
    links, and asks a system for nothing."""
    program = library.folder / "bare"
    source = library.folder / "bare.c"
    source.write_text(BARE, "ascii")
    files = [*library.include, "-o", program, source, *library.code,
             library.folder / "builtin.c", library.folder / "builtin_details.c"]
    if is_here("klcc"):
        run("klcc", "-std=c99", "-Wall", "-Werror", *files)
        run(program)
    if not is_here("arm-none-eabi-gcc"):
        return
    run("arm-none-eabi-gcc", "--specs=picolibc.specs", "-mcpu=cortex-m0",
        "-mthumb", "-Wl,--defsym=__flash_size=0x200000", *files)
    names = {line.split()[-1] for line in
             run("arm-none-eabi-nm", program).splitlines()}
    if "iana_registry_open_memory" not in names:
        sys.exit("no names in the program: this looks for the wrong thing")
    asked = sorted(filter(NO_SYSTEM.fullmatch, names))
    if asked:
        sys.exit(f"bare metal has no {asked}")


# ---- Systems that are not ---------------------------------------------------

HEADERS = ["arpa/inet.h", "errno.h", "fcntl.h", "io.h", "netdb.h",
           "netinet/in.h", "stdlib.h", "string.h", "sys/socket.h",
           "sys/stat.h", "unistd.h", "windows.h", "winsock2.h", "ws2tcpip.h"]
TARGETS = ["x86_64-unknown-freebsd", "i386-unknown-freebsd",
           "x86_64-unknown-openbsd", "x86_64-unknown-netbsd",
           "sparc64-unknown-netbsd", "arm64-apple-macos11",
           "x86_64-apple-macos11", "aarch64-linux-android21",
           "armv7-linux-androideabi21", "x86_64-pc-windows-msvc",
           "i686-pc-windows-msvc", "i686-w64-windows-gnu"]


def check_interfaces(library):
    if not is_here("clang"):
        sys.exit(77)
    stand_ins = library.folder / "include"
    for header in HEADERS:
        file = stand_ins / header
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('#include "interface.h"\n', "ascii")
    for target in TARGETS:
        run("clang", f"--target={target}", "-nostdlibinc", f"-I{stand_ins}",
            f"-I{HERE}", *library.include, *STRICT, "-fsyntax-only",
            *library.code)
    print(f"{len(TARGETS)} systems")


# ---- Windows ----------------------------------------------------------------

SYSTEM_DLLS = {"KERNEL32.dll", "msvcrt.dll", "WS2_32.dll"}


def read_dll(file):
    """What a file needs and what it exports."""
    text = run(MINGW + "-objdump", "-p", file)
    exports = text.partition("Ordinal/Name Pointer] Table")[2]
    return (set(re.findall(r"DLL Name: (\S+)", text)),
            set(re.findall(r"^\s*\[\s*\d+\].*?(\w+)$", exports, re.M)))


def check_windows(library, source, build):
    if not is_here("wine") or not is_here(MINGW + "-gcc"):
        sys.exit(77)
    folder, mingw = library.folder, MINGW + "-gcc"
    environment = {**os.environ, "WINEDEBUG": "-all",
                   "WINEPREFIX": str(build / "wine")}
    static, shared, dll = (folder / name for name in
                           ("static.exe", "shared.exe", "ianaport.dll"))
    export_map = source / "lib/ianaport.map"
    run(mingw, *STRICT, *library.include, "-o", static, *library.sources,
        HERE / "system.c", "-lws2_32")
    run(mingw, *STRICT, *library.include, "-shared", "-o", dll,
        *library.sources, f"-Wl,--version-script={export_map}", "-lws2_32")
    run(mingw, *STRICT, *library.include, "-o", shared, HERE / "system.c", dll,
        "-lws2_32")
    needs, exports = read_dll(dll)
    public = set(re.findall(r"^\t(iana_\w+);$", export_map.read_text("ascii"),
                            re.M))
    if exports != public:
        sys.exit(f"the DLL exports {sorted(exports ^ public)}, or does not")
    needs |= read_dll(static)[0]
    if not needs <= SYSTEM_DLLS:
        sys.exit(f"it needs {sorted(needs)}")
    for program in static, shared:
        print(run("wine", program, library.blob.name, cwd=folder,
                  env=environment))


def main(source, build, compile_, registry, part):
    source = pathlib.Path(source)
    if part == "rule":
        return check_rule(source)
    with tempfile.TemporaryDirectory() as folder:
        library = Library(source, compile_, registry, folder)
        if part == "compilers":
            check_compilers(library)
        elif part == "interfaces":
            check_interfaces(library)
        else:
            check_windows(library, source, pathlib.Path(build))


main(*sys.argv[1:])
