#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# x265 as one static library of two: the 10-bit encoder joined to the 8-bit one, which chooses by the pixel format.
set -eu
cd /src/x265

# build FOLDER OPTION...
build() {
    folder=$1
    shift
    cmake -S source -B "$folder" -DCMAKE_INSTALL_PREFIX=/opt/deps -DCMAKE_BUILD_TYPE=Release \
        -DENABLE_SHARED=OFF -DENABLE_CLI=OFF -DENABLE_PIC=ON -DENABLE_LIBNUMA=OFF "$@"
    make -C "$folder" -j"$(nproc)"
}

build 10bit -DHIGH_BIT_DEPTH=ON -DEXPORT_C_API=OFF
build 8bit -DLINKED_10BIT=ON -DEXTRA_LIB=/src/x265/10bit/libx265.a
cd 8bit
mv libx265.a 8bit.a
printf '%s\n' 'create libx265.a' 'addlib 8bit.a' 'addlib ../10bit/libx265.a' save end | ar -M
make install
# A static program cannot name the shared half of gcc's library.
sed -i 's/-lgcc_s//g' /opt/deps/lib/pkgconfig/x265.pc
