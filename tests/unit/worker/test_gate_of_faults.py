# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whole jobs with a gate: every grave fault of a pair fails the last layer with its sentence, and may be allowed."""

from pathlib import Path

import pytest
from clips import ALPHA, H264, LOSSLESS, Clips, lively, picture
from picture_pairs import EARLY, LATE, TAG_709
from worker_jobs import Jobs

from cueffmpeg_gui.media.scores import read_scores

SIZE, FRAMES = "256x144", 24
DEMO = str(Path(__file__).parents[3] / "resources/demo/bigbuckbunny.mp4")
DROPPED = "select=not(eq(n\\,11)),setpts=N/24/TB,tpad=stop=1:stop_mode=clone"
LINEAR = "zscale=tin=bt709:pin=bt709:min=bt709:t=linear:npl=203,format=gbrpf32le"
PQ = f"{LINEAR},zscale=t=smpte2084:p=bt2020:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
# The chain that makes the encode of its reference, the kind of fault, and words of the sentence.
FAULTS = {
    "late": (LATE.replace("15", "23"), "step", "1 frame late"),
    "early": (EARLY, "step", "2 frames or more early"),
    "dropped": (DROPPED, "step", "1 frame early in frames 12-"),
    "exchanged": ("shuffleframes=0 2 1 3", "step", "out of step at frame 2"),
    "full range": ("scale=out_range=pc,format=yuv420p", "range", "too contrasty"),
    "another matrix": ("scale=in_color_matrix=bt709:out_color_matrix=bt601,format=yuv420p", "matrix", "the matrices"),
    "PQ called SDR": (PQ, "transfer", "tones follow another curve"),
    "chroma exchanged": ("swapuv", "chroma", "planes of chroma are exchanged"),
    "without colour": ("lutyuv=u=128:v=128", "chroma", "has no colour"),
    "mirrored": ("hflip", "step", "are not the reference's"),
}
QUICK = ("late", "PQ called SDR", "chroma exchanged")


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.long) for name in FAULTS]
)
def test_a_gate_fails_with_the_fault_unless_it_is_allowed(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    chain, kind, words = FAULTS[name]
    reference, encode = tmp_path / "reference.mov", tmp_path / "encode.mkv"
    film = (
        ["-ss", "2", "-i", DEMO, "-an", "-frames:v", str(FRAMES)] if kind == "transfer" else lively(FRAMES, size=SIZE)
    )
    scale = "scale=256:144," if kind == "transfer" else ""
    before = film[:-1] if not scale else film
    clips.run([*before, *([f"{film[-1]},{TAG_709}"] if not scale else ["-vf", scale + TAG_709]), *LOSSLESS, "-pix_fmt",
               "yuv420p", str(reference)])  # fmt: skip
    clips.run(["-i", str(reference), "-vf", f"{chain},{TAG_709}", "-c:v", "libx264", "-crf", "16", str(encode)])
    values = {"thresholds": "psnr_y.mean>=1"}
    job = jobs(encode, "vmaf-compare", reference=str(reference), values=values)
    job.must_run("compare")
    run = job.run("summary")
    assert run.returncode == 4
    assert words in run.lines[-1]
    assert run.lines[-1].endswith(f"let it pass with allow_faults={kind}.")
    verdict = read_scores(str(job.scores)).verdict
    assert verdict
    assert verdict.state == "fail"
    jobs(encode, "vmaf-compare", reference=str(reference), values={**values, "allow_faults": kind}).run_all()


def test_transparency_is_told_and_passes(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    reference, encode = tmp_path / "reference.mov", tmp_path / "encode.mp4"
    holed = "format=yuva444p10le,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='if(lt(X,W/4),0,1023)'"
    clips.run([*picture(8, size=SIZE), "-vf", f"{holed},{TAG_709}", *ALPHA, str(reference)])
    clips.run(["-i", str(reference), "-vf", "format=yuv420p", *H264, str(encode)])
    job = jobs(encode, "vmaf-compare", reference=str(reference), values={"thresholds": "mean>=1"})
    job.run_all()
    pair = read_scores(str(job.scores)).pair
    assert pair
    assert [fault.kind for fault in pair.faults] == ["alpha"]
