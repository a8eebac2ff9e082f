#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# libvmaf as a static library with its models inside, the float ones and the float features too.
set -eu
cd /src/libvmaf/vendored/vmaf/libvmaf
meson setup build --prefix=/opt/deps --libdir=lib --buildtype=release --default-library=static \
    -Dbuilt_in_models=true -Denable_float=true -Denable_tests=false -Denable_docs=false -Denable_tools=false
ninja -C build install
