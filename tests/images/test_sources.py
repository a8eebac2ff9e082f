# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The sources of the image's ffmpeg: what the lock says, and that nothing else gets in."""

import hashlib
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from cueffmpeg_gui.media.metrics import MODELS

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
LOCK = DOCKER / "sources.lock"
SOURCE = re.compile(
    r"(?P<name>[a-z0-9]+) +(?P<version>[0-9][0-9A-Za-z.+]*) +(?P<sha256>[0-9a-f]{64})(?P<at>( https://\S+)+)"
)
SCORE = re.compile(r"score +(?P<model>\S+) +(?P<number>[0-9]+\.[0-9]{6})")
NEEDED = {"ffmpeg", "x264", "x265", "dav1d", "libvmaf"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A source as a project releases it: everything below one folder."""
    tree = tmp_path / "thing-1.0"
    tree.mkdir()
    (tree / "configure").write_text("#!/bin/sh\n")
    path = tmp_path / "released" / "thing-1.0.tar.xz"
    path.parent.mkdir()
    with tarfile.open(path, "w:xz") as tar:
        tar.add(tree, arcname="thing-1.0")
    return path


class Fetch:
    """fetch.sh with a lock of one source, an empty cache and an empty folder."""

    def __init__(self, place: Path) -> None:
        self.lock, self.cache, self.folder = place / "lock", place / "cache", place / "src"
        self.cache.mkdir()

    def locks(self, archive: Path, *addresses: str) -> None:
        sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
        self.lock.write_text(f"# a comment\nthing 1.0 {sha256} {' '.join(addresses)}\n")

    def __call__(self, name: str = "thing") -> tuple[int, str]:
        command = ["sh", str(DOCKER / "fetch.sh"), str(self.lock), str(self.cache), str(self.folder), name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stderr

    @property
    def unpacked(self) -> bool:
        return (self.folder / "thing" / "configure").exists()


@pytest.fixture
def fetch(tmp_path: Path) -> Fetch:
    return Fetch(tmp_path)


def test_every_line_of_the_lock_is_a_source_with_hash_and_address_or_the_score() -> None:
    lines = [line for line in LOCK.read_text().splitlines() if not line.startswith("#")]
    sources = [match for match in map(SOURCE.fullmatch, lines) if match]
    scores = [match for match in map(SCORE.fullmatch, lines) if match]
    assert len(sources) + len(scores) == len(lines)
    assert sorted(source["name"] for source in sources) == sorted(NEEDED)
    assert [score["model"] for score in scores] == ["vmaf_v0.6.1"]
    assert scores[0]["model"] in MODELS


def test_addresses_end_with_names_that_a_cache_can_hold() -> None:
    names = [address.rsplit("/", 1)[1] for address in re.findall(r"https://\S+", LOCK.read_text())]
    assert all(re.fullmatch(r"[\w.+-]+\.(tar\.(xz|gz)|crate)", name) for name in names), names
    assert len(set(names)) == len(names)


def test_a_cached_source_is_taken_without_a_download(fetch: Fetch, archive: Path) -> None:
    fetch.locks(archive, "https://example.invalid/thing-1.0.tar.xz")
    (fetch.cache / archive.name).write_bytes(archive.read_bytes())
    assert fetch() == (0, "")
    assert fetch.unpacked


def test_the_next_address_is_tried_when_one_does_not_answer(fetch: Fetch, archive: Path) -> None:
    fetch.locks(archive, f"file://{archive.parent}/gone/thing-1.0.orig.tar.xz", f"file://{archive}")
    code, _ = fetch()
    assert code == 0
    assert fetch.unpacked
    assert [path.name for path in fetch.folder.iterdir()] == ["thing"]


def test_a_cached_source_with_another_hash_is_refused(fetch: Fetch, archive: Path) -> None:
    fetch.locks(archive, f"file://{archive}")
    (fetch.cache / archive.name).write_bytes(b"something else")
    code, said = fetch()
    assert code != 0
    assert f"The source of thing 1.0 was refused: the cached file {fetch.cache / archive.name} has the hash" in said
    assert not fetch.unpacked


def test_a_download_with_another_hash_is_refused(fetch: Fetch, archive: Path) -> None:
    fetch.locks(archive, f"file://{archive}")
    archive.write_bytes(archive.read_bytes()[:-1] + b"!")
    code, said = fetch()
    assert code != 0
    assert f"was refused: file://{archive} has the hash" in said
    assert not fetch.unpacked


def test_a_source_that_is_nowhere_is_named_with_the_way_out(fetch: Fetch, archive: Path) -> None:
    fetch.locks(archive, f"file://{archive.parent}/gone.tar.xz")
    code, said = fetch()
    assert code != 0
    assert said.splitlines()[-1] == (
        f"The source of thing 1.0 is not in {fetch.cache}, and no address of it answers: put gone.tar.xz there."
    )


def test_a_source_that_the_lock_does_not_name_is_refused(fetch: Fetch, archive: Path) -> None:
    fetch.locks(archive, f"file://{archive}")
    code, said = fetch("other")
    assert code != 0
    assert said == f"The lock {fetch.lock} names no source other.\n"


def test_the_image_proves_itself_by_the_locked_score_and_by_no_other(tmp_path: Path, ffmpeg: str) -> None:
    wrong = tmp_path / "lock"
    wrong.write_text(
        re.sub(r"(?m)^(score .*)\d$", lambda found: found[1] + "9", LOCK.read_text()).replace("66.4", "66.5")
    )
    assert prove(LOCK, ffmpeg).returncode == 0
    refused = prove(wrong, ffmpeg)
    assert refused.returncode != 0
    assert "it is not the one that was locked" in refused.stderr


def prove(lock: Path, ffmpeg: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": "/usr/bin:/bin", "CUEFFMPEG_FFMPEG": ffmpeg}
    command = [sys.executable, str(DOCKER / "prove.py"), str(lock)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
