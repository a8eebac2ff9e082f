# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the worker says of a host: run as a host would, with nothing beside Python itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from cueffmpeg_gui.jobs.folder import build_worker


@pytest.fixture
def worker(tmp_path: Path) -> Path:
    path = tmp_path / "worker.pyz"
    path.write_bytes(build_worker())
    return path


def ask(worker: Path, ffmpeg: str) -> tuple[int, list[str]]:
    environment = {"PATH": "/usr/bin:/bin", "CUEFFMPEG_FFMPEG": ffmpeg, "CUEFFMPEG_LOCAL_FARM": "1"}
    command = [sys.executable, "-I", "-S", str(worker), "doctor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout.splitlines()


def fake(folder: Path, body: str) -> str:
    path = folder / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_a_host_with_a_whole_ffmpeg_is_fit_and_gives_the_score_that_the_image_was_proven_by(
    worker: Path, ffmpeg: str
) -> None:
    lock = Path(__file__).parents[3] / "docker" / "sources.lock"
    locked = next(line.split()[2] for line in lock.read_text().splitlines() if line.startswith("score "))
    code, lines = ask(worker, ffmpeg)
    assert code == 0
    assert f"score: {locked} by vmaf_v0.6.1 for a generated clip" in lines
    assert "libx265: there" in lines


def test_an_encoder_that_is_missing_is_named_and_does_not_make_the_host_unfit(worker: Path, ffmpeg: str) -> None:
    body = f'case "$*" in *-encoders) {ffmpeg} "$@" | grep -v libx265 ;; *) exec {ffmpeg} "$@" ;; esac'
    code, lines = ask(worker, fake(worker.parent, body))
    assert code == 0
    assert "libx265: missing, so frames that need it fail on this host" in lines


def test_a_host_whose_ffmpeg_lacks_libvmaf_is_not_fit(worker: Path, ffmpeg: str) -> None:
    body = f'case "$*" in *-filters) ;; *) exec {ffmpeg} "$@" ;; esac'
    code, lines = ask(worker, fake(worker.parent, body))
    assert code == 5
    assert lines[-1].startswith("error: ")
    assert "has no libvmaf" in lines[-1]


def test_a_host_whose_ffmpeg_cannot_score_is_not_fit(worker: Path, ffmpeg: str) -> None:
    body = f'case "$*" in *libvmaf*) echo "no model" >&2; exit 1 ;; *) exec {ffmpeg} "$@" ;; esac'
    code, lines = ask(worker, fake(worker.parent, body))
    assert code == 5
    assert "cannot encode and score a generated clip: no model." in lines[-1]


def test_a_host_without_ffmpeg_is_not_fit(worker: Path) -> None:
    code, lines = ask(worker, str(worker.parent / "nothing"))
    assert code == 5
    assert "which is no program here" in lines[-1]
