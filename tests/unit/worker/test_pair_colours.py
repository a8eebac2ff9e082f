# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pairs of which one side or both say nothing of their colours score as libvmaf does when it is told all of them."""

import re
import subprocess
from pathlib import Path

import pytest
from clips import Clips
from previewed import log_rows, scored
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.notes import notes_of

SILENT = "setparams=range=unknown:colorspace=unknown:color_primaries=unknown:color_trc=unknown"
H264 = ("-c:v", "libx264", "-preset", "ultrafast")
# Lossless ways to store one picture; those that hold no tags leave a side silent.
STORES: dict[str, tuple[str, ...]] = {
    "mkv": (*H264, "-qp", "0"),
    "mp4": (*H264, "-qp", "0"),
    "nut": ("-c:v", "rawvideo"),
    "avi": ("-c:v", "ffv1"),
    "y4m": ("-strict", "-1"),
    "webm": ("-c:v", "libvpx-vp9", "-lossless", "1", "-deadline", "realtime", "-cpu-used", "8"),
}
# Matroska says "limited" where nothing is said.
SAYS_RANGE = ("mkv", "webm")
MATRICES = ("bt709", "smpte170m", "bt470bg", "bt2020nc", "full")


def said(matrix: str, range_: str = "tv") -> str:
    primaries = {"bt2020nc": "bt2020"}.get(matrix, matrix)
    transfer = {"bt2020nc": "bt2020-10", "bt470bg": "smpte170m"}.get(matrix, matrix)
    return f"setparams=range={range_}:colorspace={matrix}:color_primaries={primaries}:color_trc={transfer}"


def picture(size: str, chain: str, source: str = "testsrc2") -> list[str]:
    return ["-f", "lavfi", "-i", f"{source}=size={size}:rate=25:duration=0.12,{chain}"]


def direct(ffmpeg: str, encode: Path, reference: Path, chains: tuple[str, str], folder: Path) -> list[dict[str, float]]:
    """libvmaf run by hand; `chains` tell it all of the encode's and the reference's colours."""
    graph = (
        f"[0:v]settb=1/25,setpts=N,{chains[0]}[d];[1:v]settb=1/25,setpts=N,{chains[1]}[r];"
        "[d][r]libvmaf=model=version=vmaf_v0.6.1:feature=name=psnr:log_fmt=json:log_path=direct.json"
    )
    argv = [ffmpeg, "-nostdin", "-v", "verbose", "-i", str(encode), "-i", str(reference), "-lavfi", graph]
    run = subprocess.run(
        [*argv, "-f", "null", "-"], check=True, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True
    )
    assert b"auto-inserting" not in run.stderr
    return log_rows(folder / "direct.json")


def mean(rows: list[dict[str, float]], key: str) -> float:
    return sum(row[key] for row in rows) / len(rows)


def compared(jobs: Jobs, encode: Path, reference: Path, folder: Path, **values: str) -> list[dict[str, float]]:
    request = SubmitRequest("vmaf-compare", str(encode), reference=str(reference), values=values)
    return scored(make_spec(request, jobs.settings), jobs.ffmpeg, folder)


def test_a_plain_clip_and_its_encode_score_as_they_do_by_hand(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    plain, output = tmp_path / "plain.mp4", tmp_path / "o.mp4"
    source = "testsrc2=size=1280x720:rate=25:duration=0.4"
    clips.run(["-f", "lavfi", "-i", source, "-c:v", "libx264", "-crf", "10", "-pix_fmt", "yuv420p", str(plain)])
    job = jobs(plain, "h264-review-vmaf", output=str(output))
    job.must_run("encode")
    found = scored(job.spec, jobs.ffmpeg, tmp_path)
    told = said("bt709")
    assert found == direct(jobs.ffmpeg, output, plain, (told, told), tmp_path)
    assert (mean(found, "vmaf"), mean(found, "psnr_y")) == (
        pytest.approx(98.694, abs=0.5),
        pytest.approx(50.07, abs=0.5),
    )


@pytest.mark.parametrize("size", ["96x360", "96x540", "96x720", "96x2160"])
@pytest.mark.parametrize("silent", ["encode", "reference", "both"])
def test_equal_pixels_are_equal_whichever_side_says_nothing(
    size: str, silent: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    for matrix in ("bt709", "smpte170m") if silent != "both" else ("",):
        sides = {}
        for side in ("encode", "reference"):
            sides[side] = tmp_path / f"{side}.mkv"
            tags = SILENT if silent in (side, "both") else said(matrix)
            clips.run([*picture(size, f"trim=end_frame=2,format=yuv420p,{tags}"), *STORES["mkv"], str(sides[side])])
        found = compared(jobs, sides["encode"], sides["reference"], tmp_path)
        told = said("bt709")
        assert found == direct(jobs.ffmpeg, sides["encode"], sides["reference"], (told, told), tmp_path)
        assert mean(found, "psnr_y") == mean(found, "psnr_cb") == 60


@pytest.mark.parametrize(
    ("store", "matrix"), [(s, m) for s in STORES for m in MATRICES if m != "full" or s not in SAYS_RANGE]
)
def test_equal_pixels_are_equal_in_any_container(
    store: str, matrix: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    tagged, other = tmp_path / "tagged.mkv", tmp_path / f"other.{store}"
    said_ = said("bt709", "pc") if matrix == "full" else said(matrix)
    clips.run([*picture("160x128", f"format=yuv420p,{said_}"), *STORES["mkv"], str(tagged)])
    clips.run([*picture("160x128", f"format=yuv420p,{SILENT}"), *STORES[store], str(other)])
    # A full-range film decodes to a format of its own name.
    chain = f"{said_},scale=in_range=pc:out_range=pc,format=yuv420p" if matrix == "full" else said_
    for pair in ((tagged, other), (other, tagged)):
        found = compared(jobs, *pair, tmp_path)
        assert found == direct(jobs.ffmpeg, *pair, (chain, chain), tmp_path)
        assert min(row[key] for row in found for key in ("psnr_y", "psnr_cb", "psnr_cr")) == 60


def test_a_silent_encode_of_rgb_is_what_encodes_of_rgb_are(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    rgb, encode = tmp_path / "rgb.mov", tmp_path / "encode.mkv"
    clips.run([*picture("640x360", "format=gbrp", "rgbtestsrc"), "-c:v", "png", "-pix_fmt", "rgb24", str(rgb)])
    flags = "bicubic+accurate_rnd+full_chroma_int:out_chroma_loc=left"
    convert = f"scale=out_color_matrix=bt709:out_range=tv:flags={flags},format=yuv420p"
    clips.run([*picture("640x360", f"format=gbrp,{convert},{SILENT}", "rgbtestsrc"), *STORES["mkv"], str(encode)])
    told = said("bt709")
    by_hand = direct(jobs.ffmpeg, encode, rgb, (told, f"{convert},{told}"), tmp_path)
    assert compared(jobs, encode, rgb, tmp_path) == by_hand
    assert mean(by_hand, "psnr_y") == 60


def test_two_full_range_clips_are_compared_as_they_are(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    reference, encode = tmp_path / "reference.mkv", tmp_path / "encode.mkv"
    full = said("bt709", "pc")
    clips.run([*picture("320x180", f"scale=out_range=pc,format=yuv420p,{full}"), *STORES["mkv"], str(reference)])
    clips.run(["-i", str(reference), "-c:v", "libx264", "-crf", "30", str(encode)])
    chain = f"{full},scale=in_range=pc:out_range=pc,format=yuv420p"
    found = compared(jobs, encode, reference, tmp_path)
    assert found == direct(jobs.ffmpeg, encode, reference, (chain, chain), tmp_path)
    assert mean(found, "psnr_y") < 45, "the encode is bad enough to tell"
    spec = jobs(encode, "vmaf-compare", reference=str(reference)).spec
    assert any("compared in full range" in note.text for note in notes_of(spec))


PQ = "setparams=range=tv:colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084"
HLG = PQ.replace("smpte2084", "arib-std-b67")


@pytest.mark.parametrize(("ours", "theirs"), [(said("bt709"), PQ), (PQ, said("bt709")), (HLG, PQ)])
def test_other_light_is_refused_and_the_way_out_works(
    ours: str, theirs: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    encode, reference = tmp_path / "encode.mp4", tmp_path / "reference.mp4"
    for path, tags in ((encode, ours), (reference, theirs)):
        clips.run([*picture("128x96", f"format=yuv420p,{tags}"), *STORES["mp4"], str(path)])
    with pytest.raises(InputRefused, match="not equal light") as refused:
        compared(jobs, encode, reference, tmp_path)
    for key, text in re.findall(r"((?:encode|reference)_tags)=([^,.\s]+)", str(refused.value)):
        assert len(compared(jobs, encode, reference, tmp_path, **{key: text})) == 3


@pytest.mark.parametrize(("pixels", "tag"), [("pc", "tv"), ("tv", "pc")])
def test_a_wrong_tag_is_put_right_by_saying_it(pixels: str, tag: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    encode, reference = tmp_path / "encode.mp4", tmp_path / "reference.mp4"
    clips.run([*picture("160x128", f"format=yuv420p,{said('bt709', pixels)}"), *STORES["mp4"], str(reference)])
    clips.run([*picture("160x128", f"format=yuv420p,{said('bt709', tag)}"), *STORES["mp4"], str(encode)])
    assert mean(compared(jobs, encode, reference, tmp_path), "psnr_y") < 35
    found = compared(jobs, encode, reference, tmp_path, encode_tags=f"range:{pixels}")
    assert mean(found, "psnr_y") == mean(found, "psnr_cb") == 60


def test_tags_are_said_of_a_given_pair_only(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    values = {"encode_tags": "range:pc"}
    with pytest.raises(InputRefused, match="encode_tags has no meaning in a preset of kind encode-compare"):
        jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "o.mp4"), values=values)
    with pytest.raises(InputRefused, match="a list like range:pc,transfer:smpte2084; the fields are range, matrix"):
        jobs(clips("h264"), "vmaf-compare", reference=str(clips("h264")), values={"encode_tags": "range:wide"})
