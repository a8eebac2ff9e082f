#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# Builds the image of a render host: image.sh [--base debian|rust|python] [--ffmpeg source|wheel] [--tag TAG]
# [--without-x265] [-- OPTION...]. Options after -- go to the builder as they are. Needs docker, podman or buildah.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
base=debian ffmpeg=source tag= x265=x265

fail() {
    printf '%s\n' "$*" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
    --base) base=${2:?--base wants debian, rust or python.} && shift ;;
    --ffmpeg) ffmpeg=${2:?--ffmpeg wants source or wheel.} && shift ;;
    --tag) tag=${2:?--tag wants a name.} && shift ;;
    --without-x265) x265= ;;
    --) shift && break ;;
    *) fail "image knows --base, --ffmpeg, --tag, --without-x265 and --, but not $1." ;;
    esac
    shift
done
case $base in debian | rust | python) ;; *) fail "--base is $base, but it must be debian, rust or python." ;; esac
case $ffmpeg in source | wheel) ;; *) fail "--ffmpeg is $ffmpeg, but it must be source or wheel." ;; esac

# The first builder that really works: docker's client may be there without its engine.
find_builder() {
    for name in ${CUEFFMPEG_BUILDER:-docker podman buildah}; do
        if "$name" info >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    fail "No docker, podman or buildah works here, so no image can be built; install one of them."
}

locked() {
    awk -v name="$1" '$1 == name { print $2 }' "$root/docker/sources.lock"
}

version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/cueffmpeg_gui/__init__.py")
revision=$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 0)}
if [ "$ffmpeg" = source ]; then
    ffmpeg_version=$(locked ffmpeg) libvmaf_version=$(locked libvmaf)
else
    wheel=$(sed -n 's/^\(imageio-ffmpeg\)==\([^ ]*\).*/\1-\2/p' "$root/docker/ffmpeg-wheel.txt")
    ffmpeg_version=$wheel libvmaf_version=$wheel
fi
builder=$(find_builder)
set -- -f "$root/docker/Dockerfile" -t "${tag:-cueffmpeg-rqd:$version}" \
    --build-arg "BASE=$base" --build-arg "FFMPEG=$ffmpeg" --build-arg "X265=$x265" \
    --build-arg "SOURCE_DATE_EPOCH=$epoch" --build-arg "VERSION=$version" --build-arg "REVISION=$revision" \
    --build-arg "CREATED=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)" \
    --build-arg "FFMPEG_VERSION=$ffmpeg_version" --build-arg "LIBVMAF_VERSION=$libvmaf_version" "$@" "$root"
case $builder in
docker) DOCKER_BUILDKIT=1 exec docker build "$@" ;;
# Their own image format has no place for a health check.
*) exec "$builder" build --format docker --layers --timestamp "$epoch" "$@" ;;
esac
