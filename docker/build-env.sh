# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# shellcheck shell=sh
# Sourced by RUN lines, never copied into a layer. A site with its own package mirror or certificate authority gives
# build secrets (apt_sources, pip_conf, ca_bundle); nothing of them stays in the image.
set -eu
secrets=/run/secrets
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1

if [ -s $secrets/ca_bundle ]; then
    export CURL_CA_BUNDLE=$secrets/ca_bundle PIP_CERT=$secrets/ca_bundle SSL_CERT_FILE=$secrets/ca_bundle
    echo "Acquire::https::CAInfo \"$secrets/ca_bundle\";" >/tmp/apt.conf
fi
if [ -s $secrets/pip_conf ]; then
    export PIP_CONFIG_FILE=$secrets/pip_conf
fi
if [ -s $secrets/apt/local.sources ]; then
    printf '%s\n' 'Dir::Etc::SourceList "/dev/null";' "Dir::Etc::SourceParts \"$secrets/apt\";" >>/tmp/apt.conf
fi
if [ -s /tmp/apt.conf ]; then
    export APT_CONFIG=/tmp/apt.conf
fi

apt_install() {
    apt-get update -q
    apt-get install -yq --no-install-recommends "$@"
}

# Whatever says when or where an image was built goes, so that two builds give equal layers.
tidy() {
    rm -rf /tmp/* /var/tmp/* /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/log/apt \
        /var/log/dpkg.log /var/log/alternatives.log /var/cache/ldconfig/aux-cache /var/cache/debconf/*-old \
        /var/lib/dpkg/*-old /etc/passwd- /etc/shadow- /etc/group- /etc/gshadow-
}
