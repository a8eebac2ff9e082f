# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Nearly one rate is refused with a way out that works; as many pictures go by number; 50p beside 50i runs."""

import subprocess
from pathlib import Path

import pytest
from clips import Clips, lively
from previewed import log_rows, scored
from worker_jobs import Job, Jobs

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.scores import read_scores

TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
BWDIF = "bwdif=mode=send_frame:parity=auto:deint=all"


def film(clips: Clips, path: Path, rate: str, frames: int, *more: str, chain: str = "null") -> Path:
    made = lively(frames, rate, "96x64")
    clips.run([*made[:-1], f"{made[-1]},{chain},{TAGS}", *X264, *more, str(path)])
    return path


def job_of(jobs: Jobs, encode: Path, reference: Path, **values: str) -> Job:
    return jobs(str(encode), "vmaf-compare", reference=str(reference), values=values)


def test_one_film_at_two_speeds_is_refused_and_compared_by_number_when_asked(
    clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    reference = film(clips, tmp_path / "r.mp4", "24", 48, "-crf", "8")
    encode = film(clips, tmp_path / "e.mp4", "25", 46, "-crf", "30")
    with pytest.raises(InputRefused, match=r"46 pictures at 25 .* 48 at 24, .*two speeds.*offset=0"):
        job_of(jobs, encode, reference)
    job = job_of(jobs, encode, reference, offset="0")
    job.run_all()
    assert sorted(read_scores(str(job.scores)).rows) == list(range(1, 47))


def test_as_many_pictures_in_another_time_are_matched_by_number(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    reference = film(clips, tmp_path / "r.mp4", "24", 24, "-crf", "8")
    encode = tmp_path / "e.mkv"
    uneven = ["-vf", f"setpts=N*(N+40)/40/24/TB,{TAGS}", "-fps_mode", "vfr", "-enc_time_base", "1:9600"]
    clips.run(["-i", str(reference), *uneven, *X264, "-crf", "8", str(encode)])
    job = job_of(jobs, encode, reference)
    assert job.spec.pair is not None
    assert not job.spec.pair.partners
    assert "another time for as many pictures; they are matched by their number." in " ".join(job.spec.pair.notes)
    job.run_all()
    rows = read_scores(str(job.scores)).rows
    assert len(rows) == 24
    assert min(row[1] for row in rows.values()) > 35  # a picture beside another's has about 15


def test_50p_beside_50i_goes_by_time_and_equals_a_run_by_hand(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    encode = film(clips, tmp_path / "e.mp4", "50", 24, "-crf", "26")
    woven = ("-flags", "+ilme+ildct")
    chain = "tinterlace=interleave_top,setfield=tff"
    reference = film(clips, tmp_path / "r.mkv", "50", 24, "-crf", "8", *woven, chain=chain)
    job = job_of(jobs, encode, reference)
    assert job.spec.pair is not None
    notes = " ".join(job.spec.pair.notes)
    assert list(job.spec.pair.partners) == [2 * n for n in range(12)]
    assert "is interlaced, so each of its frames holds two moments" in notes
    assert "the reference is deinterlaced" in notes
    found = scored(job.spec, jobs.ffmpeg, tmp_path)
    graph = (
        f"[0:v]{TAGS},select=not(mod(n\\,2)),settb=1/25,setpts=N,{TAGS}[d];[1:v]{TAGS},{BWDIF},settb=1/25,setpts=N,{TAGS}[r];"
        "[d][r]libvmaf=model=version=vmaf_v0.6.1:feature=name=psnr:log_fmt=json:log_path=direct.json:shortest=1"
    )
    argv = [jobs.ffmpeg, "-nostdin", "-v", "error", "-i", str(encode), "-i", str(reference), "-lavfi", graph]
    subprocess.run([*argv, "-f", "null", "-"], check=True, cwd=tmp_path, stdin=subprocess.DEVNULL)
    assert found == log_rows(tmp_path / "direct.json")
    job.run_all()
    assert len(read_scores(str(job.scores)).rows) == 12
