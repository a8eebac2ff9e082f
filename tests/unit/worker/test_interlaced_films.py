# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Interlaced films stay interlaced: each frame says so, and no field takes lines of the other."""

import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
from clips import Clips, picture
from films import FAST, digests, long
from worker_jobs import Job, Jobs

from cueffmpeg_gui.jobs.notes import notes_of
from cueffmpeg_gui.media.scores import read_scores
from cueffmpeg_gui.probe import probe_clip

WIDE, HIGH = 96, 128
STORES = {
    "prores": (["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le", "-flags", "+ildct"], ".mov"),
    "mpeg2": (["-c:v", "mpeg2video", "-q:v", "1", "-flags", "+ildct+ilme", "-pix_fmt", "yuv422p"], ".mxf"),
}


def woven(store: str, clips: Clips, folder: Path) -> Path:
    """Frames whose upper field is black and whose lower is white: a blend of both is gray."""
    arguments, ending = STORES[store]
    path = folder / f"woven{ending}"
    graph = f"color=black:s={WIDE}x{HIGH}:r=25:d=0.32,format=yuv422p,geq=lum='16+219*mod(Y,2)':cb=128:cr=128"
    clips.run(["-f", "lavfi", "-i", f"{graph},setfield=tff", *arguments, str(path)])
    return path


def films(job: Job, ffmpeg: str) -> tuple[np.ndarray, bool]:
    """The luma of one picture in 8 bits, and whether its frame says that it is interlaced."""
    command = [ffmpeg, "-v", "error", "-i", str(job.output), "-frames:v", "1", "-vf", "extractplanes=y,format=gray"]
    raw = subprocess.run([*command, "-f", "rawvideo", "-"], check=True, capture_output=True).stdout
    with av.open(str(job.output)) as container:
        said = all(frame.interlaced_frame for frame in container.decode(video=0))
    height = probe_clip(str(job.output)).video.height
    return np.frombuffer(raw, "u1").reshape(height, -1).astype(int), said


@pytest.mark.parametrize("store", ["prores", long("mpeg2")])
@pytest.mark.parametrize("preset", ["prores-422-hq", "h264-web"])
@pytest.mark.parametrize("height", [long("128"), "96"])
def test_fields_stay_apart_and_frames_say_so(  # noqa: PLR0917
    store: str, preset: str, height: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    values = {"max_height": height, "interlaced": "keep"} | (
        {} if preset.startswith("prores") else {**FAST, "crf": "1"}
    )
    job = jobs(woven(store, clips, tmp_path), preset, output=str(tmp_path / "film.mov"), values=values)
    job.run_all()
    luma, said = films(job, clips.ffmpeg)
    assert said
    assert np.abs(luma[0::2] - 16).max() < 8
    assert np.abs(luma[1::2] - 235).max() < 8


@pytest.mark.parametrize("frames", [None, long("9-24")])
def test_deinterlaced_chunks_are_those_of_the_whole(
    frames: str | None, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    """The filter needs the neighbours of each frame, also at the border of a chunk."""
    source = tmp_path / "source.mov"
    moving = "testsrc2=s=96x64:r=50:d=0.96,tinterlace=interleave_top"
    clips.run(["-f", "lavfi", "-i", moving, *STORES["prores"][0], str(source)])
    films = []
    for chunk in ("none", "8"):
        values = {**FAST, "crf": "0", "chunk": chunk}
        output = str(tmp_path / f"{chunk}.mp4")
        job = jobs(source, "h264-review-vmaf", output=output, values=values, frames=frames)
        job.run_all()
        films.append(digests(job.output, clips.ffmpeg))
        assert read_scores(str(job.scores)).pooled["psnr_y"]["mean"] > 45
        assert not probe_clip(output).video.interlaced
    assert films[0] == films[1]
    whole = ["-vf", "bwdif=mode=send_frame:parity=auto:deint=all"]
    by_hand = tmp_path / "hand.mkv"
    clips.run(["-i", str(source), *whole, "-c:v", "ffv1", "-pix_fmt", "yuv422p10le", str(by_hand)])
    start = 8 if frames else 0
    ours, wanted = (gray(path, clips.ffmpeg) for path in (job.output, by_hand))
    assert np.abs(ours - wanted[start : start + len(ours)]).mean() < 0.5


def gray(path: Path, ffmpeg: str) -> np.ndarray:
    command = [ffmpeg, "-v", "error", "-i", str(path), "-vf", "extractplanes=y,format=gray", "-f", "rawvideo", "-"]
    return (
        np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, "u1").reshape(-1, 64, 96) * 1.0
    )


def test_square_pixels_stay_square(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = tmp_path / "source.mkv"
    clips.run([*picture(8, size="250x142"), "-c:v", "ffv1", str(source)])
    job = jobs(source, output=str(tmp_path / "film.mp4"), values={**FAST, "max_height": "90"})
    job.must_run()
    assert probe_clip(str(job.output)).video.sample_aspect == 1


@pytest.mark.parametrize(("preset", "says"), [("h265-review", True), ("h264-review", False), ("prores-422-hq", False)])
def test_a_film_that_cannot_say_that_it_is_woven_is_told_so(
    preset: str, says: bool, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    spec = jobs(woven("prores", clips, tmp_path), preset, values={"interlaced": "keep"}).spec
    told = " ".join(note.text for note in notes_of(spec))
    assert "its fields stay woven" in told
    assert ("cannot say so" in told) is says
