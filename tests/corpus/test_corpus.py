# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Every pair has its right number, in one run and in chunks: that of libvmaf told everything by hand, and of numpy.

A sample always runs, all of them with --long; --corpus-table prints pair, right and what it is.
"""

import json
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from clips import Clips
from corpus_pairs import FRAMES, PAIRS, REFUSED, REMUX, Clip, Pair
from worker_jobs import Jobs

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import parse_range
from cueffmpeg_gui.media.scores import Scores, read_scores

CHUNK = "9"
Rows = dict[int, tuple[float, float]]


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> "Media":
    return Media(tmp_path_factory.mktemp("corpus"), clips)


class Media:
    """The clips of the corpus, each made once."""

    def __init__(self, folder: Path, clips: Clips) -> None:
        self.folder, self.clips = folder, clips
        self.made: dict[tuple[object, ...], Path] = {}

    def pair(self, pair: Pair) -> tuple[Path, Path]:
        reference = self._make(pair.reference, ())
        return reference, self._make(pair.encode, ("-i", str(reference)))

    def _make(self, clip: Clip, of: tuple[str, ...]) -> Path:
        of = () if clip.stands_alone else of
        key = (clip, of)
        if key not in self.made:
            path = self.folder / f"{len(self.made)}{clip.ending}"
            self.made[key] = path
            if clip.arguments == REMUX:
                poor = self._make(Clip(".mkv", ("-c:v", "libx264", "-crf", "34")), of)
                of = ("-i", str(poor))
            quiet = ["-fflags", "+bitexact"] if path.suffix == ".mxf" else []
            self.clips.run([*of, *clip.arguments, *quiet, "-strict", "-1", str(path)])
        return self.made[key]

    def right(self, pair: Pair, media: tuple[Path, Path]) -> Rows:
        """VMAF and PSNR of libvmaf run by hand over the whole."""
        timed = f"settb=1/({pair.rate}),setpts=N"
        graph = (
            f"[0:v:0]{timed},{pair.sides[0]}[e];[1:v:0]{timed},{pair.sides[1]}[r];"
            "[e][r]libvmaf=feature=name=psnr:log_fmt=json:log_path=direct.json"
        )
        self._run(["-i", str(media[1]), "-i", str(media[0]), "-lavfi", graph, "-f", "null", "-"])
        frames = json.loads((self.folder / "direct.json").read_text())["frames"]
        return {n: (row["metrics"]["vmaf"], row["metrics"]["psnr_y"]) for n, row in enumerate(frames, pair.scored[0])}

    def luma(self, path: Path, side: str) -> "np.ndarray":
        """The luma of every picture, as 16-bit numbers, by a decode of its own."""
        gray = "extractplanes=y,format=gray16le" if "p10" in side or "p12" in side else "extractplanes=y"
        chain = f"settb=1/1000,setpts=N,{side},{gray}"
        argv = ["-i", str(path), "-map", "0:v:0", "-vf", chain, "-f", "rawvideo", "-fps_mode", "passthrough", "-"]
        deep = "gray16le" in gray
        data = np.frombuffer(self._run(argv), "<u2" if deep else "u1").astype(np.float64)
        return data.reshape(FRAMES, -1)

    def _run(self, arguments: list[str]) -> bytes:
        argv = [self.clips.ffmpeg, "-nostdin", "-v", "error", *arguments]
        ran = subprocess.run(argv, check=True, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True)
        return ran.stdout


def is_(scores: Scores) -> Rows:
    return {frame: (row[0], row[1]) for frame, row in scores.rows.items()}


def mean(rows: Rows) -> str:
    vmaf, psnr = (sum(column) / len(rows) for column in zip(*rows.values(), strict=True))
    return f"{vmaf:9.4f} {psnr:8.4f}"


def each(pair: Pair) -> object:
    return pytest.param(pair, id=pair.name, marks=[] if pair.is_quick else [pytest.mark.long])


@pytest.mark.parametrize("pair", [each(pair) for pair in PAIRS])
def test_a_pair_has_its_right_number(pair: Pair, media: Media, jobs: Jobs, corpus_table: list[str]) -> None:
    check(pair, media, jobs, corpus_table)


@pytest.mark.parametrize("case", REFUSED, ids=[case[0] for case in REFUSED])
def test_a_refusal_has_a_way_out_that_works(
    case: tuple[str, Pair, dict[str, str], str], media: Media, jobs: Jobs, corpus_table: list[str]
) -> None:
    _, pair, values, sentence = case
    reference, encode = media.pair(pair)
    with pytest.raises(InputRefused, match=sentence):
        jobs(encode, "vmaf-compare", reference=str(reference), values=values)
    check(pair, media, jobs, corpus_table)


def check(pair: Pair, media: Media, jobs: Jobs, corpus_table: list[str]) -> None:
    reference, encode = clips = media.pair(pair)
    wanted = media.right(pair, clips)
    assert list(wanted) == list(range(pair.scored[0], pair.scored[1] + 1)), "the pair is not what its recipe says"
    if pair.frames:
        wanted = {frame: row for frame, row in wanted.items() if frame in parse_range(pair.frames)}
    found = []
    for chunk in (None, CHUNK):
        job = jobs(encode, "vmaf-compare", reference=str(reference), chunk=chunk, values=pair.values,
                   frames=pair.frames or None)  # fmt: skip
        job.run_all()
        found.append(is_(read_scores(str(job.scores))))
    corpus_table.append(f"{pair.name:40} {mean(wanted)}  {mean(found[0])}  {mean(found[1])}")
    assert found[1] == found[0], "chunks give what one run gives"
    assert list(found[0]) == list(wanted)
    for frame, row in wanted.items():
        assert found[0][frame] == pytest.approx(row, abs=pair.tolerance), frame


def quick_in_one_format() -> list[Pair]:
    return [pair for pair in PAIRS if pair.sides[0] == pair.sides[1]][:4]


@pytest.mark.parametrize("pair", quick_in_one_format(), ids=lambda pair: pair.name)
def test_the_right_numbers_are_right_by_numpy(pair: Pair, media: Media) -> None:
    clips = media.pair(pair)
    right = media.right(pair, clips)
    reference, encode = (media.luma(path, side) for path, side in zip(clips, pair.sides, strict=True))
    error = ((reference - encode) ** 2).mean(axis=1)
    with np.errstate(divide="ignore"):
        psnr = np.minimum(60, 10 * np.log10(255**2 / error))
    assert [row[1] for row in right.values()] == pytest.approx(psnr.tolist(), abs=1e-5)


def test_there_are_pairs_of_every_kind() -> None:
    assert len(PAIRS) >= 60
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)
    assert sum(pair.is_quick for pair in PAIRS) >= 12
    assert {Fraction(pair.rate) for pair in PAIRS} >= {Fraction(24000, 1001), Fraction(30000, 1001), Fraction(25)}
