# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# In the unpacked tarball: vcpkg install ianaport --overlay-ports=packaging/vcpkg
get_filename_component(SOURCE_PATH "${CURRENT_PORT_DIR}/../.." ABSOLUTE)
# The host's registry is no part of the package's prefix.
vcpkg_cmake_configure(SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS -DCMAKE_INSTALL_LOCALSTATEDIR=/var)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/ianaport)
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
