#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# fetch.sh LOCK CACHE FOLDER NAME...: unpacks the named sources of LOCK into FOLDER/NAME, each proven by its hash.
# A file of CACHE is taken when it has the name that an address ends with; else the addresses are tried in turn.
set -eu
lock=$1 cache=$2 folder=$3
shift 3

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

download() {
    curl -fsSL --retry 3 --connect-timeout 20 --max-time 900 -o "$2" "$1"
}

# bring NAME VERSION SHA256 ADDRESS...: leaves the file's path in $found.
bring() {
    what="$1 $2" wanted=$3
    shift 3
    for address; do
        found=$cache/${address##*/}
        if [ -e "$found" ]; then
            check "$what" "$wanted" "the cached file $found"
            return
        fi
    done
    found=$folder/download
    for address; do
        if download "$address" "$found"; then
            check "$what" "$wanted" "$address"
            return
        fi
    done
    fail "The source of $what is not in $cache, and no address of it answers: put ${1##*/} there."
}

check() {
    real=$(sha256sum "$found" | cut -d ' ' -f 1)
    [ "$real" = "$2" ] || fail "The source of $1 was refused: $3 has the hash $real, not $2 as the lock says."
}

mkdir -p "$folder"
for name; do
    entry=$(grep -E "^$name[[:space:]]+[^[:space:]]+[[:space:]]+[0-9a-f]{64}[[:space:]]" "$lock") ||
        fail "The lock $lock names no source $name."
    # Words of the entry are the arguments: none of them holds spaces or wildcards.
    # shellcheck disable=SC2086
    bring $entry
    mkdir -p "$folder/$name"
    tar -xf "$found" -C "$folder/$name" --strip-components=1
    rm -f "$folder/download"
done
