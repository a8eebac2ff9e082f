#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# Installs the package with all it needs into a folder of its own: `build.sh FOLDER`, FOLDER/python and FOLDER/bin.
# rez says by REZ_BUILD_INSTALL whether a build is to be installed; otherwise there is nothing to build.
set -eu
[ "${REZ_BUILD_INSTALL:-1}" = 1 ] || exit 0
root=$(cd "$(dirname "$0")/../.." && pwd)
target=$1
python=${PYTHON:-python3}
mkdir -p "$target/python" "$target/bin"
"$python" -m pip install -q --disable-pip-version-check --require-hashes --target "$target/python" \
    -r "$root/packaging/requirements.txt"
rm -rf "$target/python/bin"
"$python" -m pip install -q --disable-pip-version-check --no-deps --target "$target/python" --upgrade "$root"
rm -rf "$target/python/bin"
printf '#!/bin/sh\nexec python3 -m cueffmpeg_gui "$@"\n' >"$target/bin/cueffmpeg"
chmod +x "$target/bin/cueffmpeg"
