# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""No filter of a graph is one that ffmpeg put there by itself: what it is not told, it converts as it likes."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from clips import Clips
from previewed import run_layer
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.api.submit.views import table_folder
from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.view import FOLDER


@dataclass(frozen=True)
class Kind:
    """A kind of source: the chain behind a test picture, how it is stored, and where."""

    ending: str
    chain: str
    codec: str = ""
    size: str = "96x80"


def said(matrix: str, range_: str = "tv", transfer: str = "bt709") -> str:
    primaries = "bt2020" if matrix.startswith("bt2020") else matrix
    return f"setparams=range={range_}:colorspace={matrix}:color_primaries={primaries}:color_trc={transfer}"


FFV1, RAW, X264 = "-c:v ffv1 -strict -2", "-c:v rawvideo", "-c:v libx264 -crf 10"
KINDS: dict[str, Kind] = {
    "silent": Kind(".mkv", "format=yuv420p", X264),
    "tagged": Kind(".mp4", f"format=yuv420p,{said('bt709')}", X264),
    "full range": Kind(".mp4", f"scale=out_range=pc,format=yuv420p,{said('bt709', 'pc')}", X264),
    "mjpeg": Kind(".mov", "scale=out_range=pc,format=yuvj420p", "-c:v mjpeg"),
    "half tagged": Kind(".mkv", "format=yuv420p,setparams=colorspace=bt709", FFV1),
    "prores": Kind(".mov", f"format=yuv422p10le,{said('bt709')}", "-c:v prores_ks"),
    "prores with alpha": Kind(".mov", "format=yuva444p10le", "-c:v prores_ks"),
    "12 bits": Kind(".mkv", "format=yuv444p12le", FFV1),
    "gray": Kind(".mkv", "format=gray", FFV1),
    "gray h264": Kind(".mp4", "format=gray", X264),
    "gray 10 bits": Kind(".mkv", "format=gray10le", FFV1),
    "planar rgb": Kind(".mkv", "format=gbrp10le", FFV1),
    "bgra": Kind(".mkv", "format=bgra", FFV1),
    "png in mov": Kind(".mov", "format=rgb48be", "-c:v png"),
    "rgb h264": Kind(".mkv", "format=gbrp", "-c:v libx264rgb -crf 10"),
    "odd": Kind(".mkv", "format=yuv420p", FFV1, "97x81"),
    "odd 444": Kind(".mkv", "format=yuv444p", FFV1, "97x81"),
    "odd rgb": Kind(".mov", "format=rgb24", "-c:v png", "97x81"),
    "pq": Kind(".mp4", f"format=yuv420p10le,{said('bt2020nc', transfer='smpte2084')}", X264),
    "bt470bg": Kind(".mkv", f"format=yuv420p,{said('bt470bg', transfer='smpte170m')}", FFV1),
    "smpte240m": Kind(".mkv", f"format=yuv420p,{said('smpte240m')}", FFV1),
    "y4m": Kind(".y4m", "format=yuv420p"),
    "nut": Kind(".nut", "format=yuv422p", RAW),
    "avi": Kind(".avi", "format=yuv420p", "-c:v mpeg4"),
    "webm": Kind(".webm", "format=yuv420p", "-c:v libvpx-vp9"),
    "webm rgb": Kind(".webm", "format=gbrp", "-c:v libvpx-vp9"),
    "anamorphic": Kind(".mkv", "format=yuv420p,setsar=16/15", FFV1),
    "uyvy": Kind(".mov", "format=uyvy422", RAW),
    "v210": Kind(".mov", "format=yuv422p10le", "-c:v v210"),
    "palette": Kind(".mov", "format=pal8", "-c:v qtrle"),
    "dpx": Kind("dpx", "format=gbrp10be"),
    "dpx 8 bits": Kind("dpx", "format=rgb24"),
    "exr": Kind("exr", "format=gbrpf32le"),
    "exr with alpha": Kind("exr", "format=gbrapf32le"),
    "png": Kind("png", "format=rgba64be"),
    "png gray": Kind("png", "format=gray"),
    "png palette": Kind("png", "format=pal8"),
    "png gray alpha": Kind("png", "format=ya8"),
    "png black and white": Kind("png", "format=monob"),
    "tiff": Kind("tif", "format=rgb48le"),
    "tiff yuv": Kind("tif", "format=yuv420p"),
    "jpeg": Kind("jpg", "format=yuvj420p"),
    "jpeg gray": Kind("jpg", "format=gray"),
}
# One of each idea runs always; the others take a while longer.
QUICK = ("silent", "full range", "half tagged", "gray", "odd 444", "avi", "dpx", "exr", "png palette")
SHAPES: dict[str, tuple[str, dict[str, str]]] = {
    "review": ("h264-review-vmaf", {}),
    "more metrics": ("h264-review-vmaf", {"metrics": "psnr,xpsnr", "compare_bits": "12"}),
    "scaled": ("h264-review-vmaf", {"max_height": "64"}),
    "padded at 444": ("h264-review-vmaf", {"odd_size": "pad", "pix_fmt": "yuv444p10le"}),
    "h265": ("h265-review", {}),
    "two passes": ("h264-review", {"bitrate": "1M", "two_pass": "true"}),
    "prores": ("prores-422-hq", {}),
}


def made(kind: Kind, ffmpeg: str, folder: Path) -> str:
    """The clip's path, or the name of a sequence."""
    is_sequence = not kind.ending.startswith(".")
    path = folder / (f"s.%04d.{kind.ending}" if is_sequence else f"s{kind.ending}")
    picture = f"testsrc2=size={kind.size}:rate=25,trim=end_frame=2,{kind.chain}"
    argv = [ffmpeg, "-nostdin", "-v", "error", "-f", "lavfi", "-i", picture, *kind.codec.split(), str(path)]
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    return str(path).replace("%04d", "####")


PAIR_SHAPES: dict[str, tuple[Kind, Kind, dict[str, str]]] = {
    "smaller encode": (KINDS["silent"], Kind(".mkv", "format=yuv420p10le", FFV1, "192x160"), {}),
    "reference to encode": (
        KINDS["silent"], Kind(".mov", "format=rgb24", "-c:v png", "192x160"), {"fit": "reference-to-encode"}
    ),
    "cropped": (KINDS["silent"], Kind(".mkv", "format=yuv444p", FFV1, "104x88"), {"crop": "96x80+4+4"}),
    "full beside limited": (KINDS["mjpeg"], KINDS["prores"], {}),
    "a tag put right": (KINDS["full range"], KINDS["tagged"], {"encode_tags": "range:tv"}),
    "gray beside colour": (KINDS["gray"], KINDS["silent"], {}),
    "rgb beside rgb": (KINDS["png in mov"], KINDS["planar rgb"], {}),
    "interlaced": (
        Kind(".mkv", "format=yuv420p,setfield=tff", X264 + " -flags +ildct+ilme"),
        Kind(".mkv", "format=yuv420p,setfield=tff", X264 + " -flags +ildct+ilme"),
        {"fields": "deinterlace"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIR_SHAPES)
def test_every_conversion_of_a_pair_is_our_own(name: str, jobs: Jobs, ffmpeg: str, tmp_path: Path) -> None:
    encode, reference, values = PAIR_SHAPES[name]
    folders = tmp_path / "encode", tmp_path / "reference"
    for folder in folders:
        folder.mkdir()
    paths = made(encode, ffmpeg, folders[0]), made(reference, ffmpeg, folders[1])
    spec = jobs(paths[0], "vmaf-compare", reference=paths[1], values=values).spec
    (heard,) = run_layer(spec, "compare", ffmpeg, tmp_path)
    assert heard.inserted == []


def test_the_sound_of_a_pair_is_left_alone(clips: Clips, jobs: Jobs, ffmpeg: str, tmp_path: Path) -> None:
    spec = jobs(clips("h264"), "vmaf-compare", reference=str(clips("h264_mkv"))).spec
    (heard,) = run_layer(spec, "compare", ffmpeg, tmp_path)
    assert heard.inserted == []
    assert not re.search(r"Stream #\d+:\d+ -> #0:\d+ \(aac", heard.text)


@pytest.mark.parametrize("name", [k if k in QUICK else pytest.param(k, marks=pytest.mark.long) for k in KINDS])
def test_every_conversion_of_a_source_is_our_own(name: str, jobs: Jobs, ffmpeg: str, tmp_path: Path) -> None:
    kind = KINDS[name]
    source = made(kind, ffmpeg, tmp_path)
    # Floats are seen through a view, whose tables lie beside where ffmpeg runs.
    (tmp_path / FOLDER).symlink_to(table_folder(jobs.settings))
    work = tmp_path / "work"
    work.mkdir()
    for shape, (preset, values) in SHAPES.items():
        output = tmp_path / f"o{'.mov' if 'prores' in preset else '.mp4'}"
        rate = None if kind.ending.startswith(".") else "25"
        request = SubmitRequest(preset=preset, source=source, output=str(output), frame_rate=rate, values=values)
        spec = make_spec(request, jobs.settings)
        heard = [heard for step in spec.preset.steps for heard in run_layer(spec, step, ffmpeg, work)]
        assert [line for one in heard for line in one.inserted] == [], shape
        output.unlink()


def test_every_conversion_of_a_pair_names_where_chroma_lies(jobs: Jobs, ffmpeg: str, tmp_path: Path) -> None:
    paths = []
    for name, kind in (("e", KINDS["tagged"]), ("r", Kind(".mkv", "format=yuv420p10le", FFV1, "192x160"))):
        (tmp_path / name).mkdir()
        paths.append(made(kind, ffmpeg, tmp_path / name))
    task = compare_task(jobs(paths[0], "vmaf-compare", reference=paths[1]).spec)
    argv = build_compare(task, "vmaf.json", ffmpeg, 1)
    scales = re.findall(r"scale=[^,;\[]+,format=\w+", argv[argv.index("-lavfi") + 1])
    silent = [text for text in scales if "in_chroma_loc=left" not in text]
    assert len(scales) == 5
    assert [text.rpartition("=")[2] for text in silent] == ["gray12le"] * 2
