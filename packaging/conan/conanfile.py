# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# In the unpacked tarball: conan create packaging/conan
import os

from conan import ConanFile
from conan.tools.cmake import CMake, cmake_layout
from conan.tools.files import copy


class Ianaport(ConanFile):
    name = "ianaport"
    version = "0.1.0"
    description = "Service names and port numbers of the IANA registry, built in"
    license = "MIT AND CC0-1.0"
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False]}
    default_options = {"shared": False, "fPIC": True}
    implements = ["auto_shared_fpic"]
    languages = "C"
    generators = "CMakeToolchain"

    def export_sources(self):
        release = os.path.join(self.recipe_folder, "..", "..")
        for pattern in ("CMakeLists.txt", "meson.build", "lib/ianaport.map",
                        "amalgamation/*", "LICENSE"):
            copy(self, pattern, release, self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def build(self):
        # The host's registry is no part of the package's prefix.
        cmake = CMake(self)
        cmake.configure({"CMAKE_INSTALL_LOCALSTATEDIR": "/var"})
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder,
             os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_info(self):
        self.cpp_info.libs = ["ianaport"]
        if self.settings.os == "Windows":
            self.cpp_info.system_libs = ["ws2_32"]
