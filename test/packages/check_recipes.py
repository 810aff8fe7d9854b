#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_recipes.py SOURCE

The recipes of packaging/ for other systems than Debian, with a release of the
last commit. makepkg, rpmbuild and meson build theirs. abuild, vcpkg and Conan
are not in Debian: a few lines stand in for them, so that at least what the
recipes say themselves is carried out."""

import ast
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv[1])
RECIPES = SOURCE / "packaging"
WORK = pathlib.Path(tempfile.mkdtemp())
# Not what meson test sets, and Debian's own programs.
ENVIRONMENT = {"HOME": str(WORK), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}

VERSIONS = {
    "debian/changelog": r"\Aianaport \(([^)~]*)-1~",
    "alpine/APKBUILD": r"^pkgver=(.*)",
    "arch/PKGBUILD": r"^pkgver=(.*)",
    "ianaport.spec": r"^Version: *(.*)",
    "ianaport.wrap": r"ianaport-([\d.]*)(?:\.tar\.xz)?$",
    "vcpkg/vcpkg.json": r'"version": "(.*)"',
    "conan/conanfile.py": r'^    version = "(.*)"',
}
REMOVAL = ("debian/libnss-ianaport.prerm", "arch/ianaport.install",
           "ianaport.spec")
UPGRADE = ("debian/ianaport-compile.postinst", "arch/ianaport.install",
           "ianaport.spec", "alpine/ianaport-compile.post-upgrade")

# What Fedora's packages meson, python3-devel and systemd-rpm-macros define.
MACROS = """
%_topdir {work}
%_sourcedir {work}
%meson meson setup out --prefix=/usr --libdir=%_libdir \
    --auto-features=enabled
%meson_build meson compile -C out
%meson_install meson install -C out --no-rebuild --destdir %buildroot
%python3_sitelib /usr/lib/python3/dist-packages
%pycached() %1
%systemd_preun() systemctl disable --now %*
"""
ABUILD = r"""
set -eu
abuild-meson() { meson setup --prefix=/usr --libdir=lib --buildtype=plain \
    -Dauto_features=auto -Dtests=disabled "$@"; }
amove() {
    cd "$pkgdir"
    for file in $*; do
        [ -e "$file" ] || { echo "no $file"; exit 1; }
        mkdir -p "$subpkgdir/${file%/*}"
        mv "$file" "$subpkgdir/$file"
    done
}
. "$recipe"
(build)
pkgdir=$root/main
(package)
for sub in preload compile py3; do
    subpkgdir=$root/$sub subpkgname=$pkgname-$sub
    ($sub; for file in ${install-}; do cp "${recipe%/*}/$file" "$root"; done)
done
"""
VCPKG = """
set(CURRENT_PORT_DIR "${CMAKE_CURRENT_LIST_DIR}/packaging/vcpkg")
set(CURRENT_PACKAGES_DIR "${CMAKE_CURRENT_LIST_DIR}/installed")
function(vcpkg_cmake_configure _ source _ option)
    execute_process(COMMAND ${CMAKE_COMMAND} -S ${source} -B out
        -DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR}
        -DCMAKE_INSTALL_LIBDIR=lib ${option} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_cmake_install)
    execute_process(COMMAND ${CMAKE_COMMAND} --build out --target install
        COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_cmake_config_fixup _ path)
    file(RENAME "${CURRENT_PACKAGES_DIR}/${path}"
        "${CURRENT_PACKAGES_DIR}/share/ianaport")
endfunction()
function(vcpkg_install_copyright _ file)
    file(COPY "${file}" DESTINATION "${CURRENT_PACKAGES_DIR}/share/ianaport")
endfunction()
file(MAKE_DIRECTORY "${CURRENT_PACKAGES_DIR}/share")
include("${CURRENT_PORT_DIR}/portfile.cmake")
"""


def run(*command, **how):
    how = {"env": ENVIRONMENT, "cwd": WORK, **how}
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **how)
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout[-4000:]}")
    return done.stdout


def needs(*programs):
    missing = [p for p in programs
               if not shutil.which(p, path=ENVIRONMENT["PATH"])]
    return unittest.skipIf(missing, f"no {missing}")


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")
            if not path.is_dir()}


def make_release():
    """The tarball of the last commit."""
    run("meson", "setup", "release", SOURCE, "-Dtests=disabled")
    run("meson", "dist", "-C", "release", "--no-tests", "--allow-dirty")
    (tarball,) = (WORK / "release/meson-dist").glob("*.tar.xz")
    shutil.copy(tarball, WORK)
    run("tar", "-xf", tarball.name)
    return WORK / tarball.name


class Texts(unittest.TestCase):
    def test_the_version_is_everywhere_that_of_the_top_meson_build(self):
        version = re.search(r"^  version: '(.*)'",
                            (SOURCE / "meson.build").read_text(), re.M)[1]
        for name, pattern in VERSIONS.items():
            text = (RECIPES / name).read_text()
            self.assertEqual(set(re.findall(pattern, text, re.M)), {version},
                             name)

    def test_the_module_is_removed_as_its_page_says(self):
        page = (SOURCE / "doc/nss-ianaport.8").read_text().replace("\\e", "\\")
        expressions = re.findall(r"-e ('.*?')", page.split(".Sh REMOVAL")[1])
        self.assertEqual(len(expressions), 2)
        for name in REMOVAL:
            for part in [*expressions, "grep -qs '^services:.*ianaport' "]:
                self.assertIn(part, (RECIPES / name).read_text(), name)

    def test_an_upgrade_makes_the_registry_again(self):
        """check_debian.sh runs it; everywhere else it must say the same."""
        texts = {name: (RECIPES / name).read_text() for name in UPGRADE}
        commands = {str(re.findall(r"\[ -e /var.*? \|\| : fi\b",
                                   " ".join(text.split())))
                    for text in texts.values()}
        self.assertEqual(len(commands), 1, commands)
        for name, text in texts.items():
            self.assertRegex(text, r"registry=(/usr/share|%{_datadir})/ianaport/"
                             "service-names-port-numbers.xml\n", name)

    def test_a_file_that_does_not_name_the_module_is_not_written(self):
        """It may be a mount, which sed -i cannot replace."""
        root, conf = WORK / "nss", WORK / "nss/etc/nsswitch.conf"
        conf.parent.mkdir(parents=True)
        program = root / "dpkg-query"
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        env = {"PATH": f"{root}:{ENVIRONMENT['PATH']}", "DPKG_ROOT": str(root),
               "DPKG_MAINTSCRIPT_PACKAGE": "libnss-ianaport"}
        for before, after in (("files ianaport", "files"), ("files", "files")):
            conf.write_text(f"services: {before}\n")
            file = conf.stat().st_ino
            run("sh", RECIPES / REMOVAL[0], "remove", env=env)
            self.assertEqual(conf.read_text(), f"services: {after}\n")
            self.assertEqual(conf.stat().st_ino == file, before == after)

    @needs("shellcheck")
    def test_shell(self):
        run("shellcheck", *RECIPES.glob("debian/*.p*[mt]"),
            *RECIPES.glob("debian/tests/[!c]*"), RECIPES / "arch/PKGBUILD",
            *RECIPES.glob("alpine/*"))
        run("shellcheck", "--shell=bash", RECIPES / "arch/ianaport.install")

    def test_json_and_python(self):
        json.loads((RECIPES / "vcpkg/vcpkg.json").read_text())
        conan = (RECIPES / "conan/conanfile.py").read_text()
        ast.parse(conan)
        self.assertIn('"CMAKE_INSTALL_LOCALSTATEDIR": "/var"', conan)


class Builds(unittest.TestCase):
    @needs("makepkg", "bsdtar", "fakeroot", "setpriv")
    def test_arch(self):
        """makepkg refuses to be root."""
        folder = WORK / "arch"
        shutil.copytree(RECIPES / "arch", folder)
        shutil.copy(TARBALL, folder)
        user = []
        if os.geteuid() == 0:
            WORK.chmod(0o755)
            run("chown", "-R", "65534:65534", folder)
            user = ["setpriv", "--reuid=65534", "--regid=65534",
                    "--clear-groups"]
        run(*user, "makepkg", "--nodeps", "--nocheck", cwd=folder)
        (package,) = folder.glob("*.pkg.tar*")
        files = set(run("bsdtar", "-tf", package).split())
        self.assertLessEqual({".INSTALL", "usr/lib/libnss_ianaport.so.2",
                              "usr/bin/ianaport", "usr/bin/ianaport-update"},
                             files)

    @needs("rpmbuild")
    def test_rpm(self):
        """A file that no package has, or that is not there, is an error."""
        (WORK / "macros").write_text(MACROS.format(work=WORK))
        run("rpmbuild", "--load", WORK / "macros", "-bb", "--nodeps",
            RECIPES / "ianaport.spec")
        packages = list((WORK / "RPMS").rglob("*.rpm"))
        self.assertEqual(len(packages), 7)
        self.assertIn("disable --now ianaport-update.timer",
                      run("rpm", "-qp", "--scripts", *packages))

    def test_alpine(self):
        root = WORK / "alpine"
        root.mkdir()
        run("bash", "-c", ABUILD, cwd=UNPACKED, env={
            **ENVIRONMENT, "root": str(root),
            "recipe": str(RECIPES / "alpine/APKBUILD")})
        self.assertEqual(files_below(root / "preload"),
                         {"usr/lib/ianaport/libianaport-preload.so"})
        self.assertEqual({pathlib.Path(f).name
                          for f in files_below(root / "py3")},
                         {"ianaport.py", "__init__.pyi"})
        self.assertTrue((root / "ianaport-compile.post-upgrade").exists())
        rest = files_below(root / "main")
        self.assertIn("usr/bin/ianaport", rest)
        self.assertFalse([f for f in rest if re.search("compile$|systemd", f)])

    def test_wrap(self):
        """A program that has the wrap file and the tarball."""
        folder = WORK / "wrap"
        shutil.copytree(SOURCE / "pkgconfig/consumer", folder)
        (folder / "subprojects/packagefiles").mkdir(parents=True)
        shutil.copy(RECIPES / "ianaport.wrap", folder / "subprojects")
        shutil.copy(TARBALL, folder / "subprojects/packagefiles")
        run("meson", "setup", "out", cwd=folder)
        run("meson", "compile", "-C", "out", cwd=folder)
        self.assertEqual(run(folder / "out/log", "https"),
                         "443/tcp is https\n")

    @needs("cmake")
    def test_vcpkg(self):
        folder = WORK / "vcpkg"
        shutil.copytree(UNPACKED, folder)
        (folder / "vcpkg.cmake").write_text(VCPKG)
        run("cmake", "-P", "vcpkg.cmake", cwd=folder)
        self.assertEqual(files_below(folder / "installed") - {
            f"share/ianaport/{name}" for name in (
                "LICENSE", "ianaportConfig.cmake", "ianaportConfigVersion.cmake",
                "ianaportConfig-noconfig.cmake")},
            {"include/ianaport.h", "include/ianaport-netdb.h",
             "lib/libianaport.a"})
        self.assertIn(b"\0/var/lib/ianaport/registry\0",
                      (folder / "installed/lib/libianaport.a").read_bytes())


if __name__ == "__main__":
    if (not (SOURCE / ".git").exists()
            or not shutil.which("git", path=ENVIRONMENT["PATH"])):
        print("skipped: it needs git and the repository, to make a release")
        sys.exit(77)
    try:
        TARBALL = make_release()
        UNPACKED = WORK / TARBALL.name.removesuffix(".tar.xz")
        unittest.main(argv=sys.argv[:1], verbosity=2)
    finally:
        shutil.rmtree(WORK)
