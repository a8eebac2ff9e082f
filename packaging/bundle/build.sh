#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# Builds wheel, sdist and the one-folder bundle into FOLDER (dist/ when none is named), in an environment of its own.
# usage: build.sh [FOLDER]; PYTHON names the interpreter that goes into the bundle (python3, 3.11 or newer).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-$root/dist}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"${PYTHON:-python3}" -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --require-hashes \
    -r "$root/packaging/requirements-bundle.txt"
rm -f "$out"/cueffmpeg-*.whl "$out"/cueffmpeg-*.tar.gz
"$work/env/bin/python" -m build --no-isolation --outdir "$out" "$root" >"$work/build.log" 2>&1 ||
    { cat "$work/build.log" >&2; exit 1; }
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-index "$out"/cueffmpeg-*.whl

rm -rf "$out/cueffmpeg"
(cd "$root/packaging/bundle" && "$work/env/bin/pyinstaller" --noconfirm --log-level WARN \
    --distpath "$out" --workpath "$work/pyinstaller" cueffmpeg.spec)

version=$("$work/env/bin/python" -c 'import cueffmpeg_gui; print(cueffmpeg_gui.__version__)')
date=$(date -u ${SOURCE_DATE_EPOCH:+-d "@$SOURCE_DATE_EPOCH"} +%Y-%m-%d)
share=$out/cueffmpeg/share
mkdir -p "$share/applications" "$share/icons/hicolor/scalable/apps" "$share/metainfo" "$share/mime/packages"
cp "$root/packaging/linux/cueffmpeg.desktop" "$share/applications/"
cp "$root/resources/icons/cueffmpeg.svg" "$share/icons/hicolor/scalable/apps/"
cp "$root/packaging/linux/cueffmpeg-mime.xml" "$share/mime/packages/"
sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$date/" "$root/packaging/linux/cueffmpeg.metainfo.xml" \
    >"$share/metainfo/cueffmpeg.metainfo.xml"
cp "$root/packaging/linux/install-desktop" "$root/LICENSE" "$out/cueffmpeg/"
printf '%s\n' "$out/cueffmpeg"
