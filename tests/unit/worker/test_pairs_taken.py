# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pairs of another size, length, start, rate or scan score as libvmaf does when it is told everything by hand."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from clips import Clips, lively, picture
from previewed import log_rows, scored
from worker_jobs import Jobs

from cueffmpeg_gui.api.review.pictures import PictureSource
from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.jobs.picture_pair import picture_pair
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.scores import read_scores

TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p")
GOOD = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "8", "-pix_fmt", "yuv420p")
WOVEN = ("-flags", "+ilme+ildct")
FLAGS = "flags=bicubic+accurate_rnd+full_chroma_int:in_chroma_loc=left:out_chroma_loc=left"
UP, DOWN = f"scale=192:128:{FLAGS}", f"scale=96:64:{FLAGS}"
BWDIF = "bwdif=mode=send_frame:parity=auto:deint=all"


def smooth(rate: int) -> list[str]:
    return ["-f", "lavfi", "-i", f"gradients=size=192x128:rate={rate}:speed=0.1:nb_colors=8:duration=1"]


# References by name: what is made, and its chain.
REFERENCES: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "lively": ([*lively(30, size="192x128"), "-vf", TAGS], GOOD),
    "odd": (
        [*picture(8, size="193x129", source="testsrc"), "-vf", f"format=yuv444p,{TAGS}"],
        ("-c:v", "ffv1"),
    ),
    "letterboxed": ([*lively(30, size="192x128"), "-vf", f"crop=192:96,pad=192:128:0:16,{TAGS}"], GOOD),
    "interlaced": (
        [*smooth(50), "-vf", f"trim=end_frame=40,tinterlace=interleave_top,setfield=tff,{TAGS}"],
        (*GOOD, *WOVEN),
    ),
    "flagged": (
        [*smooth(25), "-vf", f"trim=end_frame=20,setfield=tff,{TAGS}"],
        (*GOOD, *WOVEN),
    ),
    "variable": ([*picture(24, size="192x128"), "-vf", f"setpts=N*N/4/24/TB,{TAGS}", "-fps_mode", "vfr"], GOOD),
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """How an encode is made of a reference, what is asked, and libvmaf's two chains and the frames by hand."""

    reference: str
    encode: tuple[str, ...]
    by_hand: tuple[str, str]
    frames: tuple[int, int]
    said: str
    values: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None


def vf(chain: str) -> tuple[str, ...]:
    return ("-vf", chain)


PAIRS = {
    "half": Pair("lively", (*vf("scale=96:64"), *X264), (UP, "null"), (1, 30), "scaled from 96x64 to 192x128"),
    "half, to the encode": Pair(
        "lively", (*vf("scale=96:64"), *X264), ("null", DOWN), (1, 30), "the reference is scaled from 192x128 to 96x64",
        {"fit": "reference-to-encode"},
    ),
    "half, to the model": Pair(
        "lively", (*vf("trim=end_frame=3,scale=96:64"), *X264),
        (f"scale=1620:1080:{FLAGS}", f"trim=end_frame=3,scale=1620:1080:{FLAGS}"), (1, 3), "to 1620x1080",
        {"fit": "model"},
    ),
    "anamorphic": Pair("lively", (*vf("scale=144:128,setsar=4/3"), *X264), (UP, "null"), (1, 30), "144x128 to 192x128"),
    "odd, cut": Pair("odd", (*vf("crop=192:128:0:0"), *X264), ("null", "{odd}crop=192:128:0:0"), (1, 8), "is odd"),
    "odd, padded": Pair("odd", (*vf("pad=194:130:0:0"), *X264), ("null", "{odd}pad=194:130:0:0"), (1, 8), "194x130"),
    "bars cut off": Pair(
        "letterboxed", (*vf("crop=192:96:0:16"), *X264), ("null", "crop=192:96:0:16"), (1, 30),
        "Of the reference the part 192x96+0+16 is compared: black bars",
    ),
    "bars cut off and halved": Pair(
        "letterboxed", (*vf("crop=192:96:0:16,scale=96:48"), *X264), (f"scale=192:96:{FLAGS}", "crop=192:96:0:16"),
        (1, 30), "Of the reference the part 192x96+0+16",
    ),
    "bars added": Pair(
        "lively", (*vf("pad=192:192:0:32"), *X264), ("crop=192:128:0:32", "null"), (1, 30),
        "Of the encode the part 192x128+0+32",
    ),
    "bars added in one size": Pair(
        "lively", (*vf("scale=192:96,pad=192:128:0:16"), *X264), (f"crop=192:96:0:16,{UP}", "null"), (1, 30),
        "Of the encode the part 192x96+0+16",
    ),
    "same bars": Pair("letterboxed", (*vf("scale=96:64"), *X264), (UP, "null"), (1, 30), "scaled from 96x64"),
    "edges trimmed": Pair(
        "lively", (*vf("crop=188:124:2:2"), *X264), ("null", "crop=188:124:2:2"), (1, 30),
        "the part 188x124+2+2 is compared: the encode shows just that, unscaled",
    ),
    "edges trimmed unevenly": Pair(
        "lively", (*vf("crop=190:120:1:6:exact=1"), *X264), ("null", "crop=190:120:1:6:exact=1"), (1, 30),
        "the part 190x120+1+6 is",
    ),
    "a little smaller": Pair(
        "lively", (*vf("scale=188:124,setsar=1"), *X264), (f"scale=192:128:{FLAGS}", "null"), (1, 30),
        "If its edges were trimmed instead, name the part it shows (crop=188x124+2+2)",
    ),
    "odd, cut, in 4:4:4": Pair(
        "odd", (*vf("crop=192:128:0:0"), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "26"),
        ("null", "crop=192:128:0:0"), (1, 8), "is odd",
    ),
    "part that is named": Pair(
        "lively", (*vf("crop=128:128:64:0"), *X264), ("null", "crop=128:128:64:0"), (1, 30), "as asked",
        {"crop": "128x128+64+0"},
    ),
    "same part of both": Pair(
        "lively", X264, ("crop=96:96:32:16", "crop=96:96:32:16"), (1, 30), "as asked", {"crop": "96x96+32+16"}
    ),
    "one more at the end": Pair(
        "lively", (*vf("tpad=stop=1:stop_mode=clone"), *X264), ("trim=end_frame=30", "null"), (1, 30),
        "goes on for 1 picture",
    ),
    "shorter": Pair(
        "lively", (*vf("trim=end_frame=25"), *X264), ("null", "trim=end_frame=25"), (1, 25), "reference goes on for 5",
    ),
    "slate": Pair(
        "lively", (*vf("tpad=start=36:color=teal"), *X264), ("trim=start_frame=36", "null"), (1, 30),
        "has 36 pictures before the reference's first",
    ),
    "begins later": Pair(
        "lively", (*vf("trim=start_frame=4,setpts=PTS-STARTPTS"), *X264), ("null", "trim=start_frame=4"), (5, 30),
        "lacks the reference's first 4 pictures",
    ),
    "offset that is named": Pair(
        "lively", (*vf("trim=end_frame=29,tpad=start=1"), *X264), ("trim=start_frame=1", "trim=end_frame=29"), (1, 29),
        "as asked", {"offset": "1"},
    ),
    "a part of an encode that is longer": Pair(
        "lively", (*vf("tpad=stop=4"), *X264), ("trim=start_frame=0:end_frame=34", "null"), (5, 12), "", {}, "5-12"
    ),
    "24 beside 23.976": Pair("lively", ("-r", "24000/1001", *X264), ("null", "null"), (1, 30), "23.976"),
    "25 beside 24": Pair("lively", ("-r", "25", *X264), ("null", "null"), (1, 30), "at 25 and"),
    "both variable": Pair("variable", ("-fps_mode", "vfr", *X264), ("null", "null"), (1, 24), "by their number"),
    "both interlaced": Pair("interlaced", (*X264, *WOVEN), ("null", "null"), (1, 20), "fields woven"),
    "deinterlaced": Pair("interlaced", (*vf(BWDIF), *X264), ("null", BWDIF), (1, 20), "the reference is deinterlaced"),
    "interlaced, called progressive": Pair(
        "interlaced", (*vf("setfield=prog"), *X264), ("null", "null"), (1, 20), "its pictures hold both fields, too"
    ),
    "both deinterlaced": Pair(
        "interlaced", (*X264, *WOVEN), (BWDIF, BWDIF), (1, 20), "Both sides are deinterlaced", {"fields": "deinterlace"}
    ),
    "flagged only": Pair("flagged", (*vf("setfield=prog"), *X264), ("null", "null"), (1, 20), "look progressive"),
    "kept as asked": Pair(
        "interlaced", (*vf(BWDIF), *X264), ("null", "null"), (1, 20), "as asked", {"fields": "keep"}
    ),
}  # fmt: skip
# How libvmaf gets a clip that is stored in 4:4:4.
TO_420 = f"scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv:{FLAGS},format=yuv420p"
QUICK = ("half", "odd, cut", "bars cut off", "slate", "deinterlaced")


@pytest.fixture(scope="module")
def made(clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> "Made":
    return Made(clips, tmp_path_factory.mktemp("pairs"))


class Made:
    """References and encodes, each made once."""

    def __init__(self, clips: Clips, folder: Path) -> None:
        self._clips, self._folder = clips, folder

    def __call__(self, name: str) -> tuple[Path, Path]:
        """Encode and reference of a pair."""
        pair = PAIRS[name]
        reference = self._folder / f"{pair.reference}.mkv"
        source, codec = REFERENCES[pair.reference]
        if not reference.exists():
            self._clips.run([*source, *codec, str(reference)])
        encode = self._folder / f"{name}.mkv".replace(" ", "_")
        before = pair.encode[:2] if pair.encode[0] == "-r" else ()
        self._clips.run([*before, "-i", str(reference), *pair.encode[len(before) :], str(encode)])
        return encode, reference


def spec_of(name: str, made: Made, jobs: Jobs, **options: str) -> JobSpec:
    pair, (encode, reference) = PAIRS[name], made(name)
    request = SubmitRequest(
        "vmaf-compare", str(encode), reference=str(reference), values=pair.values, frames=pair.asked, **options
    )
    return make_spec(request, jobs.settings)


def by_hand(name: str, made: Made, ffmpeg: str, folder: Path) -> list[dict[str, float]]:
    """libvmaf's own rows; the pictures are counted, so that no clock matters."""
    pair, (encode, reference) = PAIRS[name], made(name)
    after = f",{TO_420}" if "{odd}" in pair.by_hand[1] else ""
    ours, theirs = (chain.replace("{odd}", "") for chain in pair.by_hand)
    graph = (
        f"[0:v]{TAGS},{ours},settb=1/25,setpts=N,{TAGS}[d];"
        f"[1:v]{TAGS},{theirs}{after},settb=1/25,setpts=N,{TAGS}[r];"
        "[d][r]libvmaf=model=version=vmaf_v0.6.1:feature=name=psnr:log_fmt=json:log_path=direct.json:shortest=1"
    )
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(encode), "-i", str(reference), "-lavfi", graph]
    subprocess.run([*argv, "-f", "null", "-"], check=True, cwd=folder, stdin=subprocess.DEVNULL)
    return log_rows(folder / "direct.json")


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_scores_as_it_does_by_hand(name: str, made: Made, jobs: Jobs, tmp_path: Path) -> None:
    pair, spec = PAIRS[name], spec_of(name, made, jobs)
    assert (spec.frames.first, spec.frames.last) == pair.frames
    assert spec.pair is not None
    assert pair.said in " ".join(spec.pair.notes)
    rows = by_hand(name, made, jobs.ffmpeg, tmp_path)
    found = scored(spec, jobs.ffmpeg, tmp_path)
    # Of a part, five neighbours before and two after it are read as well.
    asked_first, asked_last = pair.frames if pair.asked else (1, len(rows))
    assert found == rows[max(0, asked_first - 6) : asked_last + (2 if pair.asked else 0)]


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.long) for name in PAIRS]
)
def test_a_pair_in_chunks_scores_as_in_one(name: str, made: Made, jobs: Jobs, tmp_path: Path) -> None:
    pair, (encode, reference) = PAIRS[name], made(name)
    whole = by_hand(name, made, jobs.ffmpeg, tmp_path)
    job = jobs(encode, "vmaf-compare", reference=str(reference), values=pair.values, frames=pair.asked, chunk="8")
    job.run_all()
    scores = read_scores(str(job.scores))
    assert sorted(scores.rows) == list(range(job.spec.frames.first, job.spec.frames.last + 1))
    place, before = scores.metrics.index("vmaf"), pair.frames[0] - 1 if pair.asked else 0
    found = [scores.rows[frame][place] for frame in sorted(scores.rows)]
    assert found == [row["vmaf"] for row in whole[before : before + len(found)]]


@pytest.mark.parametrize("name", ["half, to the encode", "bars cut off and halved", "slate", "begins later"])
def test_both_pictures_of_a_frame_are_shown_in_the_size_they_are_compared_in(name: str, made: Made, jobs: Jobs) -> None:
    spec = spec_of(name, made, jobs)
    pair = picture_pair(spec)
    pictures = PictureSource(pair)
    try:
        for frame in (spec.frames.first, spec.frames.last):
            reference, encode = pictures.reference(frame), pictures.encode(frame)
            assert (reference.width, reference.height) == (encode.width, encode.height) == pair.geometry.compared
            explained = pictures.explain(frame, pictures.near_reference(frame), pictures.near_encode(frame))
            assert not explained.troubles
    finally:
        pictures.close()
