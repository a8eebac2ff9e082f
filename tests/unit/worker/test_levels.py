# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Black, a quarter, half and white of gray and of JPEG come out at the code values that BT.709 gives them."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from clips import Clips
from films import FAST, digests, long
from measure import planes
from worker_jobs import Job, Jobs

from cueffmpeg_gui.media.scores import read_scores
from cueffmpeg_gui.probe import probe_clip

SIDE, FRAMES = 64, 16
LEVELS = np.array([0, 0.25, 0.5, 1])
LIMITED = np.array([16, 71, 126, 235])
# The middle of each of seven bars as RGB, 75 %.
BARS = [(191, 191, 191), (191, 191, 0), (0, 191, 191), (0, 191, 0), (191, 0, 191), (191, 0, 0), (0, 0, 191)]
FFV1, PNG = ["-c:v", "ffv1"], ["-c:v", "png"]
HEVC = ["-c:v", "libx265", "-x265-params", "lossless=1:log-level=none"]


@dataclass(frozen=True)
class Kit:
    """Makes sources of four columns, and films of them."""

    clips: Clips
    jobs: Jobs
    folder: Path

    def gray(self, pix_fmt: str, range_: str, codec: list[str], ending: str) -> Path:
        bits = int(pix_fmt.removeprefix("gray").removesuffix("le") or 8)
        codes = LEVELS * (2**bits - 1) if range_ == "pc" else (16 + 219 * LEVELS) * 2 ** (bits - 8)
        row = np.repeat(np.round(codes), SIDE // 4).astype("<u2" if bits > 8 else "u1")
        return self._stored(np.tile(row, (SIDE, 1)).tobytes(), pix_fmt, range_, codec, ending)

    def _stored(self, picture: bytes, pix_fmt: str, range_: str, codec: list[str], ending: str) -> Path:
        path = self.folder / f"source{ending}"
        raw = ["-f", "rawvideo", "-pix_fmt", pix_fmt, "-s", f"{SIDE}x{SIDE}", "-r", "24", "-i", "-"]
        command = [self.clips.ffmpeg, "-v", "error", "-y", *raw, "-vf", f"setparams=range={range_}", *codec, str(path)]
        subprocess.run(command, input=picture * FRAMES, check=True)
        return path

    def film(self, source: Path, preset: str = "h264-review", **values: str) -> Job:
        fast = {} if preset.startswith("prores") else {**FAST, "crf": "0", "gop": "8"}
        output = self.folder / f"film{len(list(self.folder.iterdir()))}.mov"
        job = self.jobs(source, preset, output=str(output), values={**fast, **values})
        job.run_all()
        return job

    def columns(self, job: Job) -> np.ndarray:
        """Luma in the middle of each column, in steps of 8 bits."""
        command = [self.clips.ffmpeg, "-v", "error", "-i", str(job.output), "-frames:v", "1", "-f", "rawvideo", "-"]
        raw = subprocess.run(command, check=True, capture_output=True).stdout
        deep = job.spec.preset.values["pix_fmt"].endswith("le")
        codes = np.frombuffer(raw, "<u2" if deep else "u1")[SIDE // 8 : SIDE : SIDE // 4]
        return codes / (4 if deep else 1)


@pytest.fixture
def kit(clips: Clips, jobs: Jobs, tmp_path: Path) -> Kit:
    return Kit(clips, jobs, tmp_path)


@pytest.mark.parametrize(
    ("pix_fmt", "range_", "codec", "ending"),
    [
        ("gray", "pc", PNG, ".mov"), ("gray", "tv", FFV1, ".mkv"), ("gray16le", "tv", FFV1, ".mkv"),
        long("gray", "pc", FFV1, ".mkv"), long("gray10le", "tv", FFV1, ".mkv"), long("gray10le", "pc", FFV1, ".mkv"),
        long("gray12le", "tv", FFV1, ".mkv"), long("gray16le", "pc", FFV1, ".mkv"), long("gray", "pc", HEVC, ".mkv"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("preset", "pix_fmt_out"),
    [("h264-review", "yuv420p"), ("prores-422-hq", "yuv422p10le"), long("h265-review", "yuv444p10le")],
)
def test_gray_keeps_its_levels(  # noqa: PLR0917
    pix_fmt: str, range_: str, codec: list[str], ending: str, preset: str, pix_fmt_out: str, kit: Kit
) -> None:
    job = kit.film(kit.gray(pix_fmt, range_, codec, ending), preset, pix_fmt=pix_fmt_out)
    assert np.abs(kit.columns(job) - LIMITED).max() <= (1 if pix_fmt_out == "yuv420p" else 0.76)
    assert probe_clip(str(job.output)).video.tags.range == "tv"


@pytest.mark.parametrize("size", ["112x64", long("1344x720")])
def test_jpeg_becomes_bt_709_with_its_colours(size: str, kit: Kit) -> None:
    """JPEG's own matrix is BT.601's, whatever the size: a film of it is seen with the right colours as BT.709."""
    source = kit.folder / "source.avi"
    bars = f"smptebars=size={size}:rate=24,trim=end_frame=8,format=gbrp"
    full = "scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd+full_chroma_int,format=yuvj444p"
    kit.clips.run(["-f", "lavfi", "-i", bars, "-vf", full, "-c:v", "mjpeg", "-q:v", "2", str(source)])
    job = kit.film(source, pix_fmt="yuv444p")
    tags = probe_clip(str(job.output)).video.tags
    assert (tags.range, tags.matrix, tags.primaries, tags.transfer) == ("tv", "bt709", "bt709", "bt709")
    width, height = (int(side) for side in size.split("x"))
    luma, blue, red = (
        np.frombuffer(planes(job.output, kit.clips.ffmpeg, "format=yuv444p"), np.uint8)[: 3 * width * height]
        .reshape(3, height, width)[:, height // 3, width // 14 :: width // 7]
        .astype(int)
    )
    # ITU-R BT.709-6, 3: from 8-bit limited-range YCbCr to RGB.
    y, b, r = (luma - 16) / 219, (blue - 128) / 224, (red - 128) / 224
    rgb = np.stack([y + 1.5748 * r, y - 0.1873 * b - 0.4681 * r, y + 1.8556 * b], 1) * 255
    assert np.abs(rgb[:7] - BARS).max() < 5


def test_gray_and_jpeg_are_compared_as_they_were_encoded(kit: Kit) -> None:
    for source in (kit.gray("gray16le", "tv", FFV1, ".mkv"), kit.clips("mjpeg")):
        job = kit.film(source, "h264-review-vmaf", chunk="8")
        assert read_scores(str(job.scores)).pooled["psnr_y"]["mean"] > 45
        whole = kit.film(source)
        assert digests(job.output, kit.clips.ffmpeg) == digests(whole.output, kit.clips.ffmpeg)
