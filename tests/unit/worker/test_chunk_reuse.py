# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Chunks are kept when nothing has changed, and made again when something has."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from films import FRAMES, Shots, chunk_path, digests, refused, replace_picture, scratch, see_anew
from worker_jobs import Job, Jobs, Run

from cueffmpeg_gui.api.submit.request import job_root
from cueffmpeg_gui.api.submit.submit import prepare_again
from cueffmpeg_gui.jobs.folder import create_job_folder
from cueffmpeg_gui.media.unchanged import sampled_frames


def kept(run: Run) -> bool:
    assert run.returncode == 0, run.lines
    return any(line.startswith("kept ") for line in run.lines)


def test_a_retried_chunk_is_kept_when_nothing_has_changed(encoded: Job) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in Path(encoded.folder, "chunks").iterdir()}
    runs = encoded.run_all("encode")
    assert all(kept(run) for run in runs.values())
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in Path(encoded.folder, "chunks").iterdir()}
    assert after == before


def test_a_chunk_is_made_again_when_its_pictures_changed(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = film(shots.own_dpx(tmp_path / "dpx"))
    job.run_all()
    before = digests(job.output, job.ffmpeg)
    replace_picture(tmp_path / "dpx" / "shot.1020.dpx", tmp_path / "dpx" / "shot.1005.dpx")
    see_anew(job)
    runs = job.run_all()
    assert [frame for (layer, frame), run in runs.items() if layer == "encode" and not kept(run)] == [1017]
    after = digests(job.output, job.ffmpeg)
    changed = [n for n in range(FRAMES) if before[n] != after[n]]
    assert 1020 - 1001 in changed
    assert set(changed) <= set(range(16, 24))


def test_pictures_replaced_under_a_job_are_not_encoded(film: Any, shots: Shots, tmp_path: Path) -> None:
    """Of equal size, under any time: newer, older, or the very same where the content is known."""
    job = film(shots.own_dpx(tmp_path / "dpx"))
    job.run_all("encode")
    sampled, other = (tmp_path / "dpx" / f"shot.{frame}.dpx" for frame in (sampled_frames(job.spec.frames)[1], 1020))
    for picture, shift in ((other, 1), (other, -(10**9)), (sampled, 0)):
        content, times = picture.read_bytes(), (picture.stat().st_atime_ns, picture.stat().st_mtime_ns)
        picture.write_bytes((tmp_path / "dpx" / "shot.1005.dpx").read_bytes())
        os.utime(picture, ns=(times[0], times[1] + shift))
        first = job.spec.chunk_of(int(picture.suffixes[-2][1:])).first
        assert str(picture) in refused(job, "encode", first, 2, "was changed after the job was submitted")
        picture.write_bytes(content)
        os.utime(picture, ns=times)
    assert all(kept(run) for run in job.run_all("encode").values())


def test_a_chunk_is_made_again_when_settings_changed(encoded: Job) -> None:
    path = Path(encoded.folder, "job.json")
    text = path.read_text()
    document = json.loads(text)
    document["spec"]["preset"]["values"]["crf"] = 40
    path.write_text(json.dumps(document))
    assert not kept(encoded.run_frame("encode", 1009))
    assert kept(encoded.run_frame("encode", 1009))
    refused(encoded, "join", 1001, 4, "other settings")
    path.write_text(text)
    assert not kept(encoded.run_frame("encode", 1009))
    encoded.run_all("join")


def test_a_chunk_is_made_again_by_another_ffmpeg(encoded: Job, tmp_path: Path, ffmpeg: str) -> None:
    other = tmp_path / "ffmpeg-other"
    other.write_text(f'#!/bin/sh\n[ "$1" = -version ] && echo "ffmpeg version n9.9.9" && exit\nexec {ffmpeg} "$@"\n')
    other.chmod(0o755)
    assert not kept(encoded.run_frame("encode", 1009, CUEFFMPEG_FFMPEG=str(other)))
    refused(encoded, "join", 1001, 4, str(chunk_path(encoded, 1009)), "n9.9.9")
    assert kept(encoded.run_frame("encode", 1009, CUEFFMPEG_FFMPEG=str(other)))
    assert not kept(encoded.run_frame("encode", 1009))
    encoded.run_all("join")


def test_chunks_of_an_earlier_job_are_taken_over_where_they_fit(
    encoded: Job, jobs: Jobs, film: Any, tmp_path: Path, ffmpeg: str
) -> None:
    encoded.run_all()
    scratched = chunk_path(encoded, 1009)
    scratched.write_bytes(scratch(scratched.read_bytes()))
    prepared = prepare_again(encoded.folder, jobs.settings, "replace")
    folder = create_job_folder(job_root(jobs.settings), prepared.spec, prepared.plan, "2026-01-01T00:00:00Z")
    again = Job(folder, prepared.spec, ffmpeg)
    film_before = encoded.output.read_bytes()
    runs = again.run_all()
    assert [frame for (layer, frame), run in runs.items() if layer == "encode" and not kept(run)] == [1009]
    assert encoded.output.read_bytes() == film_before
    assert all(kept(run) for run in again.run_all("encode").values())


def test_an_earlier_job_that_is_gone_is_no_trouble(encoded: Job, jobs: Jobs, ffmpeg: str) -> None:
    prepared = prepare_again(encoded.folder, jobs.settings, "replace")
    folder = create_job_folder(job_root(jobs.settings), prepared.spec, prepared.plan, "2026-01-01T00:00:00Z")
    shutil.rmtree(encoded.folder)
    Job(folder, prepared.spec, ffmpeg).run_all()


def test_equal_work_gives_equal_bytes(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = film(preset="dpx-h264-vmaf", audio=shots.wav(), chunk="16")
    job.run_all()
    film_bytes, scores = job.output.read_bytes(), job.scores.read_bytes()
    job.run_all()
    assert (job.output.read_bytes(), job.scores.read_bytes()) == (film_bytes, scores)
    for path in Path(job.folder, "chunks").iterdir():
        path.unlink()
    job.run_all()
    assert (job.output.read_bytes(), job.scores.read_bytes()) == (film_bytes, scores)
