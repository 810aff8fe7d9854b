#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_recipe.py SOURCE BUILD RECIPE RELEASE-COMMAND...

The README has recipes in its section "In your own build"; the title of one is
the comment at its top. A recipe builds a program, which must give the right
answer; the RECIPE "all" asks whether each of them has a test. The sources are
those that git tracks, as they are now. RELEASE-COMMAND is what makes a release
of them."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE, BUILD = map(pathlib.Path, sys.argv[1:3])
RELEASE_COMMAND = sys.argv[4:]
LOG = "pkgconfig/consumer/log.c"
URL = "https://example.org/ianaport"
CMAKE = ("cmake_minimum_required(VERSION 3.14)\nproject(consumer C)\n"
         "add_executable(log log.c)\n")
# A parent with an older C, a shared library, and a static one for others.
PARENT = """cmake_minimum_required(VERSION 3.14)
project(parent C)
set(CMAKE_C_STANDARD 90)
add_subdirectory(ianaport)
add_executable(log log.c)
add_library(shared SHARED log.c)
add_library(static STATIC log.c)
foreach(target log shared static)
  target_link_libraries(${target} PRIVATE ianaport::ianaport)
  set_target_properties(${target} PROPERTIES C_STANDARD 99)
endforeach()
install(TARGETS log static EXPORT parent)
install(EXPORT parent DESTINATION lib/cmake/parent)
"""
MINGW = "x86_64-w64-mingw32"
MESON = "project('consumer', 'c')\n"
# By the prefix, where meson has the host's registry.
STATE_OF = {"/usr": "/var", "/usr/local": "/var/local", "/opt/a": "/opt/a/var"}
AUTOCONF = ("AC_INIT([consumer], [1])\nAM_INIT_AUTOMAKE([foreign])\n"
            "AC_PROG_CC\nAC_CONFIG_FILES([Makefile])\nAC_OUTPUT\n")


def run(command, folder, **environment):
    """What a command of the shell writes."""
    result = subprocess.run(["sh", "-ec", command], cwd=folder, text=True,
                            env={**os.environ, **environment},
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode:
        sys.exit(f"{command}: exit status {result.returncode}\n"
                 + result.stdout)
    return result.stdout


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: expected {wanted!r}, got {got!r}")


def recipes():
    text = (SOURCE / "README.md").read_text("utf-8")
    section = text.split("\n## In your own build\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```\w+\n((?:# .*\n)+)([^`]+)^```$", section, re.M)
    commands = re.findall("^    (.*\n)", section, re.M)
    return {"by hand": "".join(commands),
            **{re.sub("(^|\n)# ", " ", title).strip(): body
               for title, body in blocks}}


# ---- What a recipe starts with -----------------------------------------------

def copy_sources(to):
    for file in run("git ls-files -z", SOURCE).split("\0"):
        if (SOURCE / file).is_file():
            (to / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SOURCE / file, to / file)
    return to


def make_repository(to):
    copy_sources(to)
    run("git init -q && git add -A && git -c user.name=x -c user.email=x"
        " commit -qm x && git tag v0.1.0", to)
    return to


def make_release(to):
    copy_sources(to)
    subprocess.run(RELEASE_COMMAND, check=True, stderr=subprocess.DEVNULL,
                   env={**os.environ, "MESON_SOURCE_ROOT": str(SOURCE),
                        "MESON_BUILD_ROOT": str(BUILD),
                        "MESON_DIST_ROOT": str(to)})
    return to


def make_files(here):
    """Those of the amalgamation, beside the program."""
    release = make_release(here / "release")
    for name in "ianaport.c", "ianaport.h":
        shutil.copy(release / "amalgamation" / name, here)


def expect_answer(program, **environment):
    expect(program, run(f"'{program}' https 53/udp", ".", **environment),
           "443/tcp is https\n53/udp is domain\n")


def expect_library(program, shared):
    """The shared one, with the versions of its functions; or none."""
    text = run(f"readelf -W -d --dyn-syms '{program}'", ".")
    for word in "libianaport", "@IANAPORT_0.1":
        expect(f"{program}: {word}", word in text, shared)
    expect(f"{program}: a path with ..", "/.." in text, False)


# ---- Recipes -----------------------------------------------------------------

def by_hand(here):
    make_files(here)
    run("sh -ex 'by hand'", here)
    expect_answer(here / "log")


def by_make(here):
    make_files(here)
    run("make", here)
    expect_answer(here / "log")


def by_autotools(here):
    make_files(here)
    (here / "configure.ac").write_text(AUTOCONF)
    run("autoreconf -i && ./configure && make", here)
    expect_answer(here / "log")


def by_cmake(here, options, shared):
    build = f"build-{shared}-{len(options)}"
    run(f"cmake -S . -B {build} {options} && cmake --build {build}", here)
    expect_answer(here / build / "log")
    expect_library(here / build / "log", shared)


def by_add_subdirectory(here):
    copy_sources(here / "ianaport")
    words = " ".join(run("! cmake -S ianaport -B none", here).split())
    expect(words, "meson compile -C build amalgamation" in words, True)
    make_release(here / "ianaport")
    by_cmake(here, "-DBUILD_SHARED_LIBS=ON", True)
    by_cmake(here, "", False)
    (here / "CMakeLists.txt").write_text(PARENT)
    for shared in "OFF", "ON":
        run(f"cmake -S . -B parent-{shared} -DBUILD_SHARED_LIBS={shared}"
            " -DCMAKE_INSTALL_LIBDIR=lib"
            f" -DCMAKE_INSTALL_PREFIX={here}/prefix-{shared}"
            f" && cmake --build parent-{shared} --target install", here)
        expect_answer(here / f"prefix-{shared}/bin/log",
                      LD_LIBRARY_PATH=str(here / f"prefix-{shared}/lib"))


def by_fetch_content(here):
    make_release(here / "ianaport-0.1.0")
    run("tar cJf ianaport-0.1.0.tar.xz ianaport-0.1.0", here)
    lists = here / "CMakeLists.txt"
    lists.write_text(lists.read_text().replace(URL, f"file://{here}/ianaport"))
    by_cmake(here, "", False)


def expect_public_names(here):
    """A DLL exports what meson's does."""
    if not shutil.which(f"{MINGW}-gcc"):
        print("no mingw: no DLL tried")
        return
    run("cmake -S release -B dll -DBUILD_SHARED_LIBS=ON -DCMAKE_SYSTEM_NAME="
        f"Windows -DCMAKE_C_COMPILER={MINGW}-gcc && cmake --build dll", here)
    text = run(f"{MINGW}-objdump -p dll/libianaport.dll", here)
    names = text.partition("Ordinal/Name Pointer] Table")[2]
    expect("names of a DLL",
           sorted(re.findall(r"^\s*\[\s*\d+\].* (\w+)$", names, re.M)),
           sorted(re.findall(r"^\t(iana_\w+);$", (
               SOURCE / "lib/ianaport.map").read_text(), re.M)))


def expect_other_folders(here):
    """Libraries outside of the prefix, which has the headers."""
    run("meson setup other release --prefix=/opt/a --libdir=/usr/lib/a"
        " -Dtests=disabled -Dcompiler=disabled", here)
    text = (here / "other/pkgconfig/ianaportConfig.cmake").read_text()
    expect("headers", re.findall('INCLUDE_DIRECTORIES "(.*)"', text),
           ["/opt/a/include"])


def by_find_package(here):
    """What meson has installed, and what CMake has."""
    run(f"meson install -C '{BUILD}' --no-rebuild", here,
        DESTDIR=str(here / "meson"))
    [config] = (here / "meson").rglob("ianaportConfig.cmake")
    by_cmake(here, f"-Dianaport_DIR={config.parent}", True)
    by_cmake(here, f"-Dianaport_DIR={config.parent}"
             " -Dianaport_USE_STATIC_LIBS=ON", False)
    make_release(here / "release")
    for kind, shared in ("OFF", False), ("ON", True):
        run(f"cmake -S release -B {kind} -DBUILD_SHARED_LIBS={kind}"
            f" -DCMAKE_INSTALL_PREFIX={here}/prefix-{kind}"
            f" && cmake --build {kind} && cmake --install {kind}", here)
        by_cmake(here, f"-DCMAKE_PREFIX_PATH={here}/prefix-{kind}", shared)
    for prefix, state in STATE_OF.items():
        run(f"cmake -S release -B paths -DCMAKE_INSTALL_PREFIX={prefix}", here)
        flags = (here / "paths/CMakeFiles/ianaport.dir/flags.make").read_text()
        expect(prefix, re.findall(r'IAP_SYSTEM_PATH=\W*(/[^"\\]*)', flags),
               [f"{state}/lib/ianaport/registry"])
    expect_public_names(here)
    expect_other_folders(here)
    (here / "CMakeLists.txt").write_text(CMAKE + "find_package(ianaport 99)\n"
                                         "message(\"<${ianaport_FOUND}>\")\n")
    for where in config.parent, here / "prefix-ON/lib/cmake/ianaport":
        expect(f"{where}, version 99", "<0>" in
               run(f"cmake -S . -B 99 -Dianaport_DIR={where}", here), True)


def build_with_meson(here):
    log = run("meson setup build && meson compile -C build", here)
    expect("meson warns", "WARNING" in log, False)
    expect_answer(here / "build/log")


def by_meson(here):
    make_release(here / "subprojects/ianaport")
    build_with_meson(here)


def by_meson_wrap(here):
    repository = make_repository(here / "repository")
    wrap = here / "subprojects/ianaport.wrap"
    wrap.write_text(wrap.read_text().replace(f"{URL}.git", str(repository)))
    (here / "meson.build").write_text(MESON + recipes()[TESTS["meson"][0]])
    build_with_meson(here)


def by_submodule(here):
    repository = make_repository(here / "repository")
    run("git init -q && git -c protocol.file.allow=always submodule add"
        f" '{repository}' ianaport", here)
    run("make", here)
    expect_answer(here / "log")


# By a name for the test: the title, what is in the file before the recipe, and
# how to build.
TESTS = {
    "hand": ("by hand", "", by_hand),
    "make": ("Makefile, beside the two files", "", by_make),
    "autotools": ("Makefile.am, beside the two files", "", by_autotools),
    "add-subdirectory": ("CMakeLists.txt, with a release in ianaport/", CMAKE,
                         by_add_subdirectory),
    "fetch-content": ("CMakeLists.txt, which fetches a release", CMAKE,
                      by_fetch_content),
    "find-package": ("CMakeLists.txt, with the library installed", CMAKE,
                     by_find_package),
    "meson": ("meson.build, with the library installed, or a release or a git"
              " submodule in subprojects/ianaport/", MESON,
              by_meson),
    "meson-wrap": ("subprojects/ianaport.wrap, for that meson.build", "",
                   by_meson_wrap),
    "submodule": ("Makefile, with a git submodule in ianaport/", "",
                  by_submodule),
}


def main():
    name = sys.argv[3]
    if name == "all":
        expect("recipes", sorted(recipes()), sorted(row[0] for row in TESTS.values()))
        for title, body in recipes().items():
            print(f"{len(body.splitlines())} lines: {title}")
        return
    title, before, build = TESTS[name]
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        file = here / title.split(",")[0]
        file.parent.mkdir(exist_ok=True)
        file.write_text(before + recipes()[title])
        shutil.copy(SOURCE / LOG, here)
        build(here)


main()
