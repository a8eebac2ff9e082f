#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""sbom.py SECONDS PATH: what this image holds, as SPDX 2.3 JSON, dated by SOURCE_DATE_EPOCH. Standard library only."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from importlib import metadata

COMPONENTS = "/opt/ffmpeg/components.txt"
SYSTEMS = {
    "dpkg-query": ("deb", ["dpkg-query", "-W", "-f", "${Package} ${Version}\\n"]),
    "rpm": ("rpm", ["rpm", "-qa", "--qf", "%{NAME} %{VERSION}-%{RELEASE}\\n"]),
}
PYTHON_ROOTS = ("/opt/rqd/lib", "/usr/local/lib")


def ffmpeg_parts():
    """What the ffmpeg is made of: (kind, name, version, sha256 or "", address or "")."""
    with open(COMPONENTS) as file:
        for line in file:
            name, version, *origin = line.split()
            yield ("generic", name, version, *(origin or ("", "")))


def system_packages():
    """What the system's own package manager lists."""
    for program, (kind, command) in SYSTEMS.items():
        if shutil.which(program):
            listed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            for line in listed.splitlines():
                yield (kind, *line.split(), "", "")


def python_packages():
    """The packages beside the rqd."""
    folders = [
        os.path.join(root, python, "site-packages")
        for root in PYTHON_ROOTS
        if os.path.isdir(root)
        for python in os.listdir(root)
    ]
    for package in metadata.distributions(path=folders):
        yield ("pypi", package.metadata["Name"], package.version, "", "")


def as_package(kind, name, version, sha256, address):
    """One entry of the document."""
    entry = {
        "SPDXID": "SPDXRef-" + hashlib.sha256(f"{kind}/{name}/{version}".encode()).hexdigest()[:16],
        "name": name,
        "versionInfo": version,
        "downloadLocation": address or "NOASSERTION",
        "filesAnalyzed": False,
        "externalRefs": [
            {
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": f"pkg:{kind}/{name}@{version}",
            }
        ],
    }
    if sha256:
        entry["checksums"] = [{"algorithm": "SHA256", "checksumValue": sha256}]
    return entry


def document(seconds):
    """The whole document; equal packages give equal bytes."""
    found = sorted({*ffmpeg_parts(), *system_packages(), *python_packages()})
    packages = [as_package(*entry) for entry in found]
    digest = hashlib.sha256(json.dumps(packages).encode()).hexdigest()
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "cueffmpeg render host",
        "documentNamespace": f"https://spdx.org/spdxdocs/cueffmpeg-{digest}",
        "creationInfo": {
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds)),
            "creators": ["Tool: cueffmpeg"],
        },
        "packages": packages,
        "relationships": [
            {
                "spdxElementId": "SPDXRef-DOCUMENT",
                "relationshipType": "DESCRIBES",
                "relatedSpdxElement": package["SPDXID"],
            }
            for package in packages
        ],
    }


if __name__ == "__main__":
    target = sys.argv[2]
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w") as file:
        json.dump(document(int(sys.argv[1])), file, indent=1)
