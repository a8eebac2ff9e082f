# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Images of our Dockerfile built for real by buildah, in a store of their own."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EPOCH = "1700000000"
BASE = "localhost/debian:base"
RUN = ["buildah", "run", "--isolation", "oci", "--runtime", "runc"]
# What a slim image has not, and what a container gets from outside.
SLIM = [f"--dpkgopt=path-exclude=/usr/share/{folder}/*" for folder in ("man", "doc", "info", "locale")]
FORGET = (
    'rm -f "$1"/etc/hostname "$1"/etc/resolv.conf "$1"/etc/apt/sources.list.d/*; : > "$1"/etc/apt/sources.list; '
    'rm -rf "$1"/var/lib/apt/lists/*'
)


@dataclass
class Images:
    """Builds and runs images; `options` give a build what it may see of this machine."""

    place: Path
    options: list[str]
    containers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        store = f'[storage]\ndriver = "overlay"\ngraphroot = "{self.place}/store"\nrunroot = "{self.place}/run"\n'
        (self.place / "storage.conf").write_text(store)
        self.environment = {
            **os.environ,
            "CONTAINERS_STORAGE_CONF": f"{self.place}/storage.conf",
            "BUILDAH_ISOLATION": "oci",
            "BUILDAH_RUNTIME": "runc",
            "SOURCE_DATE_EPOCH": EPOCH,
            "CUEFFMPEG_BUILDER": "buildah",
        }

    def make_base(self, release: str, sources: Path) -> None:
        """A slim Debian that knows no package source, so that whatever a build needs it must be given."""
        tar = self.place / "base.tar"
        command = ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates", *SLIM]
        self.run([*command, f"--customize-hook={FORGET}", release, str(tar), str(sources)], 600)
        container = self.buildah("from", "scratch").strip()
        self.buildah("add", "--quiet", container, str(tar), "/")
        self.buildah("config", "--cmd", "/bin/bash", container)
        self.buildah("commit", "--quiet", "--timestamp", "0", "--rm", container, BASE)
        tar.unlink()

    def make_rust_base(self, openrqd: str) -> str:
        """What the official image of the Rust rqd is: the program on a slim Debian; its name."""
        folder = self.place / "rust"
        folder.mkdir()
        shutil.copy2(openrqd, folder / "openrqd")
        (folder / "Dockerfile").write_text(
            f"FROM {BASE}\n"
            "RUN --mount=type=bind,source=docker/build-env.sh,target=/run/build/env.sh "
            "--mount=type=secret,id=apt_sources,target=/run/secrets/apt/local.sources "
            "--mount=type=secret,id=ca_bundle . /run/build/env.sh && apt_install ca-certificates libx11-6 && tidy\n"
            'RUN useradd -m -u 1000 -s /bin/bash rqd\nCOPY openrqd /app/openrqd\nENTRYPOINT ["/app/openrqd"]\n'
        )
        shutil.copytree(ROOT / "docker", folder / "docker", ignore=shutil.ignore_patterns("sources"))
        self.buildah("build", "--format", "docker", *self.options, "-t", "localhost/opencue/rqd:1", str(folder))
        return "localhost/opencue/rqd:1"

    def build(self, tag: str, *arguments: str, extra: tuple[str, ...] = ()) -> str:
        """Builds by ``./dev image``; the image's name."""
        name = f"localhost/cueffmpeg-rqd:{tag}"
        chosen = ["--build-arg", f"DEBIAN_IMAGE={BASE}", *self.options, *extra]
        self.run([str(ROOT / "dev"), "image", *arguments, "--tag", name, "--", *chosen], 7200)
        return name

    def config(self, image: str) -> dict[str, Any]:
        """What the image says of itself."""
        return dict(json.loads(self.buildah("inspect", "--type", "image", image)))

    def layers(self, image: str) -> list[str]:
        """The digests of its layers."""
        return list(self.config(image)["OCIv1"]["rootfs"]["diff_ids"])

    def container(self, image: str) -> str:
        """A container of the image, removed in the end."""
        self.containers.append(self.buildah("from", image).strip())
        return self.containers[-1]

    def command(self, container: str, *arguments: str) -> list[str]:
        """The command that runs something in a container; options of buildah's go before "--"."""
        *options, program = arguments
        return [*RUN, "--network", "host", *options, container, "--", *program.split()]

    def inside(self, container: str, script: str, code: int = 0) -> str:
        """What a shell prints in the container, cut off from every network."""
        return self.run([*RUN, "--network", "none", container, "--", "sh", "-c", script], 120, code)

    def buildah(self, *arguments: str) -> str:
        return self.run(["buildah", *arguments], 600)

    def run(self, command: list[str], seconds: int, code: int = 0) -> str:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=seconds, check=False
        )
        assert done.returncode == code, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def remove_all(self) -> None:
        self.buildah("rm", "--all")
        self.buildah("rmi", "--all", "--force")
        shutil.rmtree(self.place)
