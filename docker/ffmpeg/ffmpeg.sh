#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# ffmpeg and ffprobe, linked statically so that they run on any base. Files are their only protocols: hosts read storage.
# ffmpeg.sh [EXTRA_LIBRARY...]
set -eu
cd /src/ffmpeg
for library; do
    set -- "$@" "--enable-lib$library"
    shift
done
./configure --prefix=/opt/ffmpeg --pkg-config-flags=--static --extra-ldflags=-static \
    --extra-libs="-lstdc++ -lm -lpthread" --disable-autodetect --disable-debug --disable-doc --disable-ffplay \
    --disable-network --enable-gpl --enable-zlib --enable-libx264 --enable-libdav1d --enable-libvmaf "$@"
make -j"$(nproc)"
make install-progs
