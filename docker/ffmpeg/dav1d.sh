#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# dav1d, the AV1 decoder, as a static library.
set -eu
cd /src/dav1d
meson setup build --prefix=/opt/deps --libdir=lib --buildtype=release --default-library=static \
    -Denable_tools=false -Denable_tests=false
ninja -C build install
