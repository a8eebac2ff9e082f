# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is not joined: chunks that are damaged, missing, swapped or made otherwise; each refused in a sentence."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, lively
from films import Shots, change_facts, chunk_path, long, refused, scratch
from worker_jobs import Job


@pytest.mark.parametrize("changes", [{"settings": "0" * 64}, {"ffmpeg": "n1.2.3"}])
def test_a_chunk_of_other_settings_or_another_ffmpeg_is_not_joined(changes: dict[str, str], encoded: Job) -> None:
    change_facts(encoded, 1017, **changes)
    last = refused(encoded, "join", 1001, 4, str(chunk_path(encoded, 1017)), "retry the encode of that chunk")
    assert "ffmpeg" not in changes or changes["ffmpeg"] in last
    assert not encoded.output.exists()
    encoded.run_all()


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


DAMAGE = {"cut": cut, "scratched": scratch, "empty": lambda data: b"", "text": lambda data: b"This is no film.\n" * 9}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_chunk_is_not_joined_and_is_made_again(damage: str, encoded: Job) -> None:
    path = chunk_path(encoded, 1009)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    refused(encoded, "join", 1001, 4, str(path))
    assert not encoded.output.exists()
    again = encoded.run_frame("encode", 1009)
    assert again.returncode == 0
    assert not any(line.startswith("kept ") for line in again.lines)
    encoded.run_all("join")


@pytest.mark.parametrize("which", ["encode.1009.mp4", "encode.1009.json"])
def test_a_missing_chunk_is_named(which: str, encoded: Job) -> None:
    path = Path(encoded.folder, "chunks", which)
    path.unlink()
    refused(encoded, "join", 1001, 4 if which.endswith("mp4") else 2, str(path))
    assert not encoded.output.exists()


def test_chunks_that_changed_places_are_not_joined(encoded: Job) -> None:
    one, other = chunk_path(encoded, 1009), chunk_path(encoded, 1017)
    shutil.copy(other, one)
    refused(encoded, "join", 1001, 4, str(one), "retry the encode of that chunk")
    shutil.copy(other.with_suffix(".json"), one.with_suffix(".json"))
    refused(encoded, "join", 1001, 4, str(one), "retry the encode of that chunk")
    assert not encoded.output.exists()


def test_a_film_that_was_there_stays_when_the_join_fails(encoded: Job) -> None:
    encoded.output.write_bytes(b"yesterday's")
    chunk_path(encoded, 1025).unlink()
    assert encoded.run_frame("join", 1001).returncode != 0
    assert encoded.output.read_bytes() == b"yesterday's"


def test_a_join_without_its_sound_is_refused_by_name(film: Any, shots: Shots) -> None:
    job = film(audio=shots.wav())
    job.run_all("encode")
    refused(job, "join", 1001, 4, f"{job.folder}/audio/sound.mp4")
    assert not job.output.exists()


def test_sound_that_changed_or_went_away_is_refused_by_name(film: Any, shots: Shots, tmp_path: Path) -> None:
    wav = tmp_path / "own.wav"
    shutil.copy(shots.wav(), wav)
    job = film(audio=str(wav))
    wav.write_bytes(wav.read_bytes()[:-4000])
    refused(job, "audio", 1001, 2, str(wav), "has changed since it was submitted")
    wav.unlink()
    refused(job, "audio", 1001, 2, str(wav), "No such file")


@pytest.mark.parametrize(
    ("layer", "how"),
    [
        *(("encode", how) for how in ("gone", "garbage", "other size")),
        *(long("encode", how) for how in ("empty", "cut", "no header")),
        ("compare", "other size"),
        *(long("compare", how) for how in ("gone", "empty", "cut", "garbage", "no header")),
    ],
)
def test_a_picture_damaged_after_submit_fails_its_frames_by_name(
    layer: str, how: str, film: Any, shots: Shots, tmp_path: Path
) -> None:
    job = film(shots.own_dpx(tmp_path / "dpx"), preset="dpx-h264-vmaf", chunk="16")
    if layer == "compare":
        job.run_all("encode", "join")
    picture = tmp_path / "dpx" / "shot.1020.dpx"
    damage_picture(picture, how, shots.clips)
    named = str(picture) if layer == "encode" or how in ("gone", "empty", "cut") else "Frames 1017-1032 of"
    refused(job, layer, 1017, 2, named)
    if layer == "encode":
        assert job.run_frame(layer, 1001).returncode == 0
    assert not chunk_path(job, 1017).exists() or layer == "compare"
    assert not Path(job.folder, "scores", "compare.1017.json").exists()


def damage_picture(picture: Path, how: str, clips: Clips) -> None:
    data = picture.read_bytes()
    if how == "gone":
        picture.unlink()
    elif how == "other size":
        other = picture.parent / "other"
        clips.sequence(other, lively(1, size="192x80"), int(picture.suffixes[0][1:]))
        shutil.copy(other / picture.name, picture)
        shutil.rmtree(other)
    else:
        garbage = bytes(range(256)) * (len(data) // 256 + 1)
        picture.write_bytes(
            {"empty": b"", "cut": data[: len(data) // 2], "garbage": garbage[: len(data)],
             "no header": bytes(2048) + data[2048:]}[how]
        )  # fmt: skip
