#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# x264 as a static library; its 8-bit and 10-bit encoders are both in it.
set -eu
cd /src/x264
./configure --prefix=/opt/deps --enable-static --enable-pic --disable-cli --disable-opencl
make -j"$(nproc)"
make install
