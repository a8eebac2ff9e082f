# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a comparison says of its pair beside the scores: faults are named, good pairs are silent, gates hold."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from clips import ALPHA, H264, Clips, lively, picture
from pair_looks import look_at
from picture_pairs import EARLY, GOOD, LATE, LIVELY, MOVING, REPEAT, SPOILED, TAG_709, Recipe, crf, filtered, source
from worker_jobs import Job, Jobs

from cueffmpeg_gui.media.pair_facts import ALPHA as ALPHA_FAULT
from cueffmpeg_gui.media.pair_facts import MATRIX, RANGE, STEP, TRANSFER, PairFacts, grave_faults
from cueffmpeg_gui.media.pair_single import Slip
from cueffmpeg_gui.media.scores import read_scores

SIZE = "256x144"
TEN_BIT = ["-pix_fmt", "yuv420p10le"]
DROPPED = "select=not(eq(n\\,8)),setpts=N/24/TB,tpad=stop=1:stop_mode=clone"
# Pairs that reviewers have and in which nothing is wrong, beside those of GOOD.
MORE_GOOD = {
    "on twos": Recipe(source(f"testsrc2=size={SIZE}:rate=12,fps=24"), crf(32)),
    "pulldown": Recipe(source(f"testsrc2=size={SIZE}:rate=18,fps=24"), crf(28)),
    "grain": Recipe(source(f"testsrc2=size={SIZE}:rate=24,noise=c0s=30:c0f=t"), crf(38)),
    "cuts": Recipe(source(f"testsrc2=size={SIZE}:rate=24,negate=enable='between(n,5,9)'"), crf(40)),
    "flashes": Recipe(source(f"smptebars=size={SIZE}:rate=24,negate=enable='eq(mod(n,5),3)'"), crf(35)),
    "title": Recipe(source(f"color=black:size={SIZE}:rate=24,drawbox=9:9:99:16:white:fill:enable='gt(n,6)'"), crf(30)),
    "scroll": Recipe(source(f"testsrc=size={SIZE}:rate=24,scroll=v=0.004"), crf(36)),
    "slow fade": Recipe(source(f"smptebars=size={SIZE}:rate=24,fade=out:0:200"), crf(40)),
    "10-bit HEVC": Recipe(LIVELY, ["-c:v", "libx265", "-x265-params", "log-level=none:crf=38", *TEN_BIT]),
    "MPEG-4": Recipe(MOVING, ["-c:v", "mpeg4", "-q:v", "20"]),
    "VP9": Recipe(MOVING, ["-c:v", "libvpx-vp9", "-crf", "50", "-b:v", "0", "-deadline", "realtime", "-cpu-used", "8"]),
    "MPEG-2": Recipe(LIVELY, ["-c:v", "mpeg2video", "-q:v", "20"]),
    "starved": Recipe(MOVING, ["-c:v", "libx264", "-b:v", "30k", "-pix_fmt", "yuv420p"]),
}  # fmt: skip
# "half size" is refused before it could be compared.
SILENT = {name: recipe for name, recipe in {**GOOD, **MORE_GOOD}.items() if name != "half size"}
QUICK = ("coarse", "fade in, moving", "strobe", "on twos", "title", "black")
HDR = "setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc:range=tv"


@dataclass(frozen=True)
class Named:
    """A pair at fault, and the slip or the kind of fault that must be named."""

    recipe: Recipe
    slip: Slip | None = None
    kinds: tuple[str, ...] = (STEP,)


NAMED = {
    "late by one": Named(Recipe(MOVING, [*filtered(LATE), *crf(30)]), Slip(2, 16, -1)),
    "early by two": Named(Recipe(LIVELY, [*filtered(EARLY), *crf(24)]), Slip(1, 15, 2)),
    "one dropped, the last doubled": Named(Recipe(LIVELY, [*filtered(DROPPED), *crf(24)]), Slip(9, 15, 1)),
    "one shown twice": Named(Recipe(MOVING, [*filtered(REPEAT), *crf(20)]), Slip(9, 9, -1)),
    "full tagged limited": Named(SPOILED["full as limited"][0], kinds=(RANGE,)),
    "limited tagged full": Named(SPOILED["limited as full"][0], kinds=(RANGE,)),
    "another matrix": Named(SPOILED["wrong matrix"][0], kinds=(MATRIX,)),
    "a wide-gamut matrix": Named(SPOILED["wide-gamut matrix"][0], kinds=(MATRIX,)),
    "late, and full tagged limited": Named(SPOILED["late and full as limited"][0], Slip(2, 16, -1), (STEP, RANGE)),
}  # fmt: skip


def made(clips: Clips, folder: Path, recipe: Recipe) -> tuple[Path, Path]:
    reference, encode = folder / "reference.mov", folder / "encode.mkv"
    clips.run([*recipe.reference, *recipe.written, str(reference)])
    clips.run(["-i", str(reference), *recipe.encode, str(encode)])
    return encode, reference


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.long]) for name in SILENT]
)
def test_a_good_pair_is_silent(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    assert look_at(jobs, *made(clips, tmp_path, SILENT[name])).faults == ()


@pytest.mark.parametrize("name", NAMED)
def test_a_fault_is_named(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    wanted = NAMED[name]
    facts = look_at(jobs, *made(clips, tmp_path, wanted.recipe))
    assert tuple(fault.kind for fault in facts.faults) == wanted.kinds
    assert facts.slips == ((wanted.slip,) if wanted.slip else ())


@pytest.mark.parametrize("order", ["1 0", "0 2 1 3"])
def test_pictures_that_changed_places_are_named(order: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    moving = Recipe(MOVING, [*filtered(f"shuffleframes={order}"), *crf(20)])
    facts = look_at(jobs, *made(clips, tmp_path, moving))
    assert [fault.kind for fault in facts.faults] == [STEP]
    assert {slip.step for slip in facts.slips} == {1, -1}


@pytest.mark.parametrize(("when", "part"), [("gte(n,30)", (32, 56)), ("between(n,20,29)", (24, 24))])
def test_a_part_of_another_range_is_named(
    when: str, part: tuple[int, int], clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    full = f"lutyuv=y=(val-16)*255/219:u=(val-128)*255/224+128:v=(val-128)*255/224+128:enable='{when}'"
    facts = look_at(jobs, *made(clips, tmp_path, Recipe(picture(60, size=SIZE), [*filtered(full), *crf(20)])))
    assert [fault.kind for fault in facts.faults] == [RANGE]
    assert [(run.first, run.last) for run in facts.tones_in] == [part]
    assert facts.summary.startswith(f"In a part, seen in frames {part[0]} to {part[1]}: The encode is too contrasty")


def another(graph: str) -> list[str]:
    return [*source(f"{graph}:size={SIZE}:rate=24"), "-map", "1:v", *crf(20)]


LIFE = f"life=size={SIZE}:rate=24:seed=3:mold=10"
UNLIKE = {
    "another clip": Recipe(MOVING, another("mandelbrot=start_scale=1")),
    "mirrored": Recipe(MOVING, [*filtered("hflip"), *crf(20)]),
    "backwards": Recipe(source(LIFE), [*filtered("reverse"), *crf(20)]),
    "nothing but black": Recipe(MOVING, another("color=black")),
    "far off": Recipe(
        source(LIFE), [*source(f"{LIFE},trim=start_frame=90,setpts=PTS-STARTPTS"), "-map", "1:v", *crf(20)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNLIKE)
def test_pictures_that_are_others_tell_nothing_else(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    facts = look_at(jobs, *made(clips, tmp_path, UNLIKE[name]))
    assert [fault.kind for fault in facts.faults] == [STEP]
    assert facts.summary.startswith(
        "The encode's pictures are not the reference's, so step, range and matrix cannot be told"
    )
    assert facts.told == 0
    assert grave_faults(facts, ()) == facts.faults
    assert grave_faults(facts, (STEP,)) == ()


@pytest.mark.parametrize("graph", ["life=seed=3:mold=10", "mandelbrot=start_scale=1", "cellauto=seed=5"])
def test_the_coarsest_coding_keeps_the_pictures(graph: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    coarse = Recipe(source(f"{graph}:size={SIZE}:rate=24,noise=c0s=40:c0f=t"), crf(51))
    assert look_at(jobs, *made(clips, tmp_path, coarse)).faults == ()


def test_what_stands_still_cannot_be_told(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    still = Recipe(source(f"smptebars=size={SIZE}:rate=24"), [*filtered(LATE), *crf(30)])
    facts = look_at(jobs, *made(clips, tmp_path, still))
    assert (facts.faults, facts.told) == ((), 0)
    assert facts.summary == "No fault is seen; the picture stands still, so its step cannot be told."


def test_sdr_beside_hdr_is_named_where_no_tag_says_so(clips: Clips, jobs: Jobs, tmp_path: Path, ffmpeg: str) -> None:
    demo = str(Path(__file__).parents[3] / "resources/demo/bigbuckbunny.mp4")
    linear = "zscale=tin=bt709:pin=bt709:min=bt709:t=linear:npl=203,format=gbrpf32le"
    hdr = f"scale=256:144,{TAG_709},{linear},zscale=t=smpte2084:p=bt2020:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    reference, encode = tmp_path / "hdr.mov", tmp_path / "sdr.mov"
    shown = ["-ss", "2", "-i", demo, "-an", "-frames:v", "12"]
    clips.run([*shown, "-vf", f"{hdr},{TAG_709}", *PRORES_444, str(reference)])
    clips.run([*shown, "-vf", f"scale=256:144,{TAG_709},format=yuv420p", *H264, str(encode)])
    assert [fault.kind for fault in look_at(jobs, encode, reference).faults] == [TRANSFER]


PRORES_444 = ["-c:v", "prores_ks", "-pix_fmt", "yuv444p10le"]


def test_a_transparent_reference_is_named_but_an_opaque_one_is_not(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    faults = {}
    for name, alpha in (("holed", "if(lt(X,W/4),0,255)"), ("opaque", "255")):
        reference, encode = tmp_path / f"{name}.mov", tmp_path / f"{name}.mp4"
        graph = f"format=yuva444p10le,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='{alpha}*1023/255'"
        clips.run([*picture(8, size=SIZE), "-vf", f"{graph},{TAG_709}", *ALPHA, str(reference)])
        clips.run(["-i", str(reference), "-vf", "format=yuv420p", *H264, str(encode)])
        faults[name] = look_at(jobs, encode, reference).faults
    assert [(fault.kind, "transparent in places (25 %)" in fault.sentence) for fault in faults["holed"]] == [
        (ALPHA_FAULT, True)
    ]
    assert faults["opaque"] == ()


def slipped(clips: Clips, folder: Path) -> tuple[Path, Path]:
    """48 pictures, of which the encode leaves one out and doubles the last."""
    dropped = "select=not(eq(n\\,29)),setpts=N/24/TB,tpad=stop=1:stop_mode=clone"
    return made(clips, folder, Recipe(lively(48, size=SIZE), [*filtered(dropped), *crf(22)]))


def pair_job(jobs: Jobs, pair: tuple[Path, Path], **values: str) -> Job:
    return jobs(pair[0], "vmaf-compare", reference=str(pair[1]), values={"threads": "2", **values})


def test_chunks_see_what_one_run_sees(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    pair = slipped(clips, tmp_path)
    seen: list[PairFacts | None] = []
    for chunk in ("none", "16"):
        job = pair_job(jobs, pair, chunk=chunk)
        job.run_all()
        seen.append(read_scores(str(job.scores)).pair)
    assert seen[0] == seen[1]
    assert seen[0] is not None
    assert seen[0].slips == (Slip(30, 47, 1),)
    assert (seen[0].first, seen[0].last) == (1, 48)


def test_a_gate_lets_no_pair_pass_that_is_out_of_step_unless_the_preset_allows_it(
    clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    pair = slipped(clips, tmp_path)
    job = pair_job(jobs, pair, thresholds="mean>=1")
    assert "warning: The encode is 1 frame early in frames 30-47" in "\n".join(job.must_run("compare").lines)
    run = job.run("summary")
    assert run.returncode == 4
    assert run.lines[-1] == (
        "error: The encode is 1 frame early in frames 30-47: its picture 30 shows the reference's 31. Put the pair "
        "right, or let it pass with allow_faults=step."
    )
    document = json.loads(job.scores.read_text())
    assert (document["verdict"], document["pair"]["slips"]) == ("fail", [{"first": 30, "last": 47, "step": 1}])
    assert document["pair"]["faults"][0]["kind"] == "step"
    allowing = pair_job(jobs, pair, thresholds="mean>=1", allow_faults="step")
    allowing.run_all()
    document = json.loads(allowing.scores.read_text())
    assert (document["verdict"], document["allowed_faults"]) == ("pass", ["step"])
    verdict = read_scores(str(allowing.scores)).verdict
    assert verdict
    assert (verdict.state, verdict.sentence) == ("pass", "")


@pytest.mark.parametrize("name", ["full tagged limited", "another matrix"])
def test_a_gate_lets_no_other_range_or_matrix_pass(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = pair_job(jobs, made(clips, tmp_path, NAMED[name].recipe), thresholds="mean>=1")
    job.must_run("compare")
    run = job.run("summary")
    assert run.returncode == 4
    assert f"allow_faults={NAMED[name].kinds[0]}." in run.lines[-1]


def test_without_thresholds_a_fault_is_a_warning(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = pair_job(jobs, slipped(clips, tmp_path))
    run = job.must_run("compare")
    assert any(line.startswith("warning: The encode is 1 frame early") for line in run.lines)
    assert read_scores(str(job.scores)).verdict is None


def test_a_gate_needs_to_know_the_pair(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = pair_job(jobs, slipped(clips, tmp_path), thresholds="mean>=1")
    job.must_run("compare")
    next(Path(job.folder, "scores").glob("pair.*.json")).unlink()
    run = job.run("summary")
    assert run.returncode == 2
    assert "pair.1.json cannot be read" in run.lines[-1]


def test_an_encode_of_ours_is_in_step(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("prores"), "h264-review-vmaf", output=str(tmp_path / "made.mp4"))
    job.run_all()
    pair = read_scores(str(job.scores)).pair
    assert pair is not None
    assert (pair.faults, pair.told) == ((), 24)
