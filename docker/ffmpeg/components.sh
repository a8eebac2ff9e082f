#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# components.sh LOCK NAME...: what is inside a static ffmpeg, a line each: NAME VERSION [SHA256 ADDRESS]
set -eu
lock=$1
shift
for name; do
    grep -E "^$name[[:space:]]" "$lock" | awk '{ print $1, $2, $3, $4 }'
done
# Linked in as well, from the build's own system.
dpkg-query -W -f '${Package} ${Version}\n' libc6-dev zlib1g-dev "libstdc++-*-dev"
