# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pairs of other or variable rates score as libvmaf does with raw pictures that were picked by hand."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from clips import Clips, lively
from previewed import log_rows, scored
from worker_jobs import Jobs

from cueffmpeg_gui.jobs.picture_pair import picture_pair
from cueffmpeg_gui.media.scores import read_scores

SIZE = (96, 64)
BYTES = SIZE[0] * SIZE[1] * 3 // 2
TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
SOURCE = [*lively(24, size="96x64"), "-c:v", "ffv1", "-pix_fmt", "yuv420p"]
X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p", "-fps_mode", "vfr"]
# Finer than a rate, so that uneven times stay.
FINE = ["-enc_time_base", "1:9600"]
FAST = "setpts=N*1001/60000/TB,fps=60000/1001"
LATER = "setpts=N*N/4/24/TB"


def without(*numbers: int) -> str:
    return "select='not(" + "+".join(f"eq(n,{number})" for number in numbers) + ")'"


def index_of(kept: list[int], wanted: list[int]) -> list[int]:
    """The places of the pictures of a film of which just some were kept; a lost one shows the one before."""
    return [max(place for place, number in enumerate(kept) if number <= want) for want in wanted]


LEFT = [n for n in range(24) if n not in (5, 6, 15)]
OTHER = [n for n in range(24) if n != 10]


@dataclass(frozen=True)
class Pair:
    """The chains that make both of one film, their endings, and the encode's picture for each of the reference's."""

    encode: str
    reference: str
    partners: list[int]
    said: str
    endings: tuple[str, str] = (".mp4", ".mov")


PAIRS = {
    "half the rate": Pair("fps=12", "null", [n // 2 for n in range(24)], "12 have none"),
    "twice the rate": Pair("fps=48", "null", [2 * n for n in range(24)], " 0 have none"),
    "59.94 beside 29.97": Pair(
        FAST, f"{FAST},fps=30000/1001:round=up", [2 * n for n in range(12)],
        " 0 have none", (".mkv", ".mp4"),
    ),
    "holes in the encode": Pair(without(5, 15), "null", [n - (n >= 5) - (n >= 15) for n in range(24)], " 2 have none"),
    "holes in the reference": Pair("null", without(5, 6, 15), LEFT, "3 of the encode are passed over"),
    "one hole each": Pair(
        without(15), without(10), index_of([n for n in range(24) if n != 15], OTHER), " 1 have none"
    ),
    "both variable, one less": Pair(f"{LATER},{without(7)}", LATER, [n - (n >= 7) for n in range(24)], " 1 have none"),
    "both variable, in another clock": Pair(
        f"{LATER},{without(7)}", LATER, [n - (n >= 7) for n in range(24)], " 1 have none", (".mkv", ".mp4")
    ),
    "constant beside variable": Pair(
        f"{LATER},fps=24", LATER, [n * n // 4 for n in range(24)], " 0 have none", (".mkv", ".mp4")
    ),
}  # fmt: skip


def make(name: str, clips: Clips, folder: Path) -> tuple[Path, Path]:
    pair, film = PAIRS[name], folder / "film.mkv"
    clips.run([*SOURCE, str(film)])
    made = []
    for side, chain, ending in zip(("encode", "reference"), (pair.encode, pair.reference), pair.endings, strict=True):
        made.append(folder / f"{side}{ending}")
        crf = ["-crf", "8"] if side == "reference" else []
        clips.run(
            ["-i", str(film), "-vf", f"{chain},{TAGS}", *X264, *crf, *(FINE if LATER in chain else []), str(made[-1])]
        )
    return made[0], made[1]


def raw(path: Path, ffmpeg: str) -> list[bytes]:
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-fps_mode", "passthrough", "-f", "rawvideo", "-"]
    data = subprocess.run(argv, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    return [data[start : start + BYTES] for start in range(0, len(data), BYTES)]


def by_hand(pair: Pair, encode: Path, reference: Path, ffmpeg: str, folder: Path) -> list[dict[str, float]]:
    ours, theirs = raw(encode, ffmpeg), raw(reference, ffmpeg)
    (folder / "d.yuv").write_bytes(b"".join(ours[number] for number in pair.partners))
    (folder / "r.yuv").write_bytes(b"".join(theirs[: len(pair.partners)]))
    plain = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "96x64"]
    graph = (
        f"[0]{TAGS}[d];[1]{TAGS}[r];"
        "[d][r]libvmaf=model=version=vmaf_v0.6.1:feature=name=psnr:log_fmt=json:log_path=direct.json"
    )
    argv = [ffmpeg, "-nostdin", "-v", "error", *plain, "-i", "d.yuv", *plain, "-i", "r.yuv", "-lavfi", graph]
    subprocess.run([*argv, "-f", "null", "-"], check=True, cwd=folder, stdin=subprocess.DEVNULL)
    return log_rows(folder / "direct.json")


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_scores_as_picked_by_hand(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    pair, (encode, reference) = PAIRS[name], make(name, clips, tmp_path)
    spec = jobs(str(encode), "vmaf-compare", reference=str(reference)).spec
    assert spec.pair is not None
    assert list(spec.pair.partners) == pair.partners
    assert pair.said in " ".join(spec.pair.notes)
    shown = picture_pair(spec)
    assert [shown.pictures_of(frame) for frame in range(1, len(pair.partners) + 1)] == list(enumerate(pair.partners))
    rows = by_hand(pair, encode, reference, jobs.ffmpeg, tmp_path)
    assert scored(spec, jobs.ffmpeg, tmp_path) == rows


@pytest.mark.parametrize(
    "name",
    [
        name if name in ("half the rate", "one hole each") else pytest.param(name, marks=pytest.mark.long)
        for name in PAIRS
    ],
)
def test_a_pair_in_chunks_scores_as_in_one(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    pair, (encode, reference) = PAIRS[name], make(name, clips, tmp_path)
    whole = by_hand(pair, encode, reference, jobs.ffmpeg, tmp_path)
    job = jobs(str(encode), "vmaf-compare", reference=str(reference), chunk="8")
    job.run_all()
    scores = read_scores(str(job.scores))
    place = scores.metrics.index("vmaf")
    assert [scores.rows[frame][place] for frame in sorted(scores.rows)] == [row["vmaf"] for row in whole]
