# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What this machine can build images with, and from: its own package sources, certificates and pip settings."""

import os
import re
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = {
    "buildah": "buildah",
    "runc": "runc",
    "mmdebstrap": "mmdebstrap",
    "unshare": "util-linux",
    "ip": "iproute2",
}
# Of pip's settings, those that say where packages come from; folders of this machine mean nothing in a container.
PIP_SETTINGS = ("index-url", "extra-index-url", "trusted-host")
RELEASE = re.compile(r"(?m)^(ID|VERSION_CODENAME)=(.*)$")


def skip_unless_images_can_be_built() -> None:
    """Skips with the reason when something is missing."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing:
        pytest.skip(f"not here: {', '.join(missing)}")
    if os.getuid() != 0:
        pytest.skip("buildah is run as root here, and this is not root")


def codename() -> str:
    """The Debian release of this machine; skips on another system."""
    facts = dict(RELEASE.findall(Path("/etc/os-release").read_text()))
    if facts.get("ID", "").strip('"') != "debian":
        pytest.skip("the base is made of this machine's own package sources, and it is no Debian")
    return facts["VERSION_CODENAME"].strip('"')


def apt_sources(release: str) -> Path:
    """The file that names where this machine's packages come from; skips when none is in apt's newer form."""
    folder = _printed("apt-config", "shell", "X", "Dir::Etc::sourceparts/d").partition("=")[2].strip().strip("'")
    for path in sorted(Path(folder).glob("*.sources")):
        if re.search(rf"(?m)^Suites:.*\b{release}\b", path.read_text()):
            return path
    pytest.skip(f"no *.sources file in {folder} names {release}")


def build_secrets(folder: Path, release: str) -> list[str]:
    """Options that give a build this machine's package sources, certificates and pip settings."""
    pip_conf = folder / "pip.conf"
    pip_conf.write_text("[global]\n" + "".join(f"{name} = {value}\n" for name, value in _pip_settings().items()))
    files = {
        "apt_sources": apt_sources(release),
        "ca_bundle": os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile,
        "pip_conf": pip_conf,
    }
    options = ["--network", "host"]
    for name, path in files.items():
        options += ["--secret", f"id={name},src={path}"] if path else []
    return options


def unpack_package(place: Path, name: str, release: str) -> Path:
    """A package of another Debian release than this machine's, from the same mirror, unpacked and not installed."""
    own = codename()
    stanzas = apt_sources(own).read_text().split("\n\n")
    archive = next(stanza for stanza in stanzas if re.search(rf"(?m)^Suites:.*\b{own}(\s|$)", stanza))
    (place / "sources").mkdir()
    (place / "sources" / "other.sources").write_text(re.sub(r"(?m)^Suites:.*", f"Suites: {release}", archive) + "\n")
    (place / "lists" / "partial").mkdir(parents=True)
    settings = {
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": place / "sources",
        "Dir::State::Lists": place / "lists",
        "Dir::Cache::pkgcache": "",
        "Dir::Cache::srcpkgcache": "",
        "APT::Sandbox::User": "root",
    }
    options = [f"--option={key}={value}" for key, value in settings.items()]
    for command in (["update"], ["download", name]):
        subprocess.run(["apt-get", "-q", *options, *command], cwd=place, check=True, capture_output=True, timeout=300)
    (archive_file,) = place.glob("*.deb")
    subprocess.run(["dpkg", "-x", archive_file, place / "unpacked"], check=True, timeout=60)
    return place / "unpacked"


def _pip_settings() -> dict[str, str]:
    listed = _printed(sys.executable, "-m", "pip", "config", "list")
    pairs = re.findall(r"(?m)^[^.]+\.([\w-]+)='(.*)'$", listed)
    return {name: value for name, value in pairs if name in PIP_SETTINGS}


def _printed(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
