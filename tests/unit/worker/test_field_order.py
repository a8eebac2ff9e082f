# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""An encode whose fields are in another order than the reference's, or than it says, is named and passes no gate."""

from pathlib import Path

import pytest
from clips import H264, Clips
from worker_jobs import Job, Jobs

from cueffmpeg_gui.media.pair_facts import FIELDS
from cueffmpeg_gui.media.scores import read_scores

FILM = ("-r", "50", "-i", str(Path(__file__).parents[3] / "resources/demo/bigbuckbunny.mp4"), "-an")
JUMPY = ("-f", "lavfi", "-i", "testsrc2=size=192x128:rate=50")
SMALL = "trim=end_frame=40,scale=192:128,"
WOVEN = ("-flags", "+ilme+ildct")
TOP, BOTTOM = ("tinterlace=interleave_top,setfield=tff", "tinterlace=interleave_bottom,setfield=bff")
# What is done to the reference, or a film of its own ("of"), and whether the order is at fault.
ENCODES = {
    "woven the other way": ("of", BOTTOM, "the encode's pictures show the bottom field first, the reference's the top"),
    "woven the other way, jumpy": ("jumpy", BOTTOM, "the encode's upper lines show what the reference's lower"),
    "moved by a line": ("", "fieldorder=bff", "the encode's pictures show the bottom field first"),
    "said wrongly": (
        "",
        "setfield=bff",
        "the encode says that its bottom field is first, but its pictures show the top",
    ),
    "as the reference": ("", "null", ""),
    "called progressive": ("", "setfield=prog", ""),
}


def job_of(name: str, clips: Clips, jobs: Jobs, folder: Path, **values: str) -> Job:
    reference, encode = folder / "reference.mov", folder / "encode.mkv"
    kind, chain, _ = ENCODES[name]
    film = JUMPY if kind == "jumpy" else FILM
    clips.run([*film, "-vf", SMALL + TOP, *H264, *WOVEN, str(reference)])
    source, flags = film if kind else ("-i", str(reference)), () if chain == "setfield=prog" else WOVEN
    clips.run([*source, "-vf", SMALL * bool(kind) + chain, *H264, "-crf", "24", *flags, str(encode)])
    return jobs(encode, "vmaf-compare", reference=str(reference), values={"thresholds": "mean>=1", **values})


@pytest.mark.parametrize("name", ENCODES)
def test_swapped_fields_are_named_and_pass_no_gate(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job, said = job_of(name, clips, jobs, tmp_path), ENCODES[name][2]
    job.must_run("compare")
    run = job.run("summary")
    pair = read_scores(str(job.scores)).pair
    assert pair is not None
    found = {fault.kind: fault.sentence for fault in pair.faults}
    assert (FIELDS in found) is bool(said)
    assert said in found.get(FIELDS, "")
    assert run.returncode == (4 if said else 0)
    if said:
        assert "fields" in run.lines[-1].rpartition("allow_faults=")[2]


def test_swapped_fields_may_be_allowed_or_made_whole(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    for values in ({"allow_faults": "fields,step"}, {"fields": "deinterlace"}):
        job_of("woven the other way", clips, jobs, tmp_path, **values).run_all()


UNSAID = {
    "reference woven": ("setfield=prog", "setfield=tff,bwdif=0,setfield=prog", "reference", "tff"),
    "reference woven, bottom first": ("setfield=prog", "setfield=bff,bwdif=0,setfield=prog", "reference", "bff"),
    "encode woven": ("setfield=tff,bwdif=0,setfield=prog", "setfield=prog", "encode", "tff"),
}


def unsaid_pair(clips: Clips, folder: Path, reference_chain: str, encode_chain: str, order: str) -> tuple[Path, Path]:
    woven, reference, encode = folder / "woven.mkv", folder / "reference.mkv", folder / "encode.mkv"
    weave = {"tff": "interleave_top", "bff": "interleave_bottom"}[order]
    clips.run([*FILM, "-vf", f"{SMALL}tinterlace={weave},setfield=prog", "-c:v", "ffv1", str(woven)])
    clips.run(["-i", str(woven), "-vf", reference_chain, "-c:v", "ffv1", str(reference)])
    clips.run(["-i", str(woven), "-vf", encode_chain, *H264, "-crf", "16", str(encode)])
    return reference, encode


@pytest.mark.parametrize("name", UNSAID)
def test_fields_of_one_side_are_seen_where_no_side_says_them(
    name: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    reference_chain, encode_chain, side, order = UNSAID[name]
    reference, encode = unsaid_pair(clips, tmp_path, reference_chain, encode_chain, order)
    job = jobs(encode, "vmaf-compare", reference=str(reference))
    job.run_all()
    assert f"The {side} does not say that it is interlaced" in " ".join(job.spec.pair.notes if job.spec.pair else ())
    # The same made whole by hand.
    by_hand = tmp_path / "by_hand.mkv"
    clips.run(["-i", str(tmp_path / f"{side}.mkv"), "-vf", f"setfield={order},bwdif=0", "-c:v", "ffv1", str(by_hand)])
    sides = (by_hand, reference) if side == "encode" else (encode, by_hand)
    told = jobs(sides[0], "vmaf-compare", reference=str(sides[1]), values={"fields": "keep"})
    told.run_all()
    assert read_scores(str(job.scores)).rows == read_scores(str(told.scores)).rows


def test_fields_that_no_side_says_are_seen_to_be_swapped(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    reference, encode = unsaid_pair(clips, tmp_path, "null", "il=ls=1:cs=1", "tff")
    job = jobs(encode, "vmaf-compare", reference=str(reference))
    assert job.spec.pair
    assert "The order of the fields is swapped" in job.spec.pair.field_fault


def test_whole_pictures_that_say_nothing_are_left_alone(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    reference, encode = tmp_path / "reference.mkv", tmp_path / "encode.mp4"
    clips.run([*FILM, "-vf", SMALL + "null", "-c:v", "ffv1", str(reference)])
    for coarse in ("20", "48"):
        clips.run(["-i", str(reference), *H264, "-crf", coarse, "-y", str(encode)])
        job = jobs(encode, "vmaf-compare", reference=str(reference))
        assert job.spec.pair
        assert (job.spec.pair.deinterlaced, job.spec.pair.field_fault) == ((), "")
