# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pairs of streams without times, cut in mid-GOP, with holes or with alpha score by what decodes, and it is said."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from clips import Clips, lively
from previewed import log_rows, scored
from worker_jobs import Jobs

from cueffmpeg_gui.api.review.pictures import PictureSource
from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.jobs.notes import notes_of
from cueffmpeg_gui.jobs.picture_pair import picture_pair

TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
OPEN = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-pix_fmt", "yuv420p")
GOPS = ("-x264-params", "open-gop=1:keyint=12:bframes=3:scenecut=0")
FLAGS = "flags=bicubic+accurate_rnd+full_chroma_int"
SAID = "in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv"
CODECS = {"h264": (*OPEN, *GOPS), "hevc": ("-c:v", "libx265", "-x265-params", "log-level=none")}
# By hand both sides are as they are stored.
STORED = ("null", "null")


@dataclass(frozen=True)
class Run:
    """Makes files, jobs and scores, with libvmaf's own beside them."""

    clips: Clips
    jobs: Jobs
    folder: Path

    def make(self, source: Path, *arguments: str) -> Path:
        """A file by ffmpeg's arguments; the last of them is its name."""
        path = self.folder / arguments[-1]
        self.clips.run(["-i", str(source), *arguments[:-1], str(path)])
        return path

    def check(self, encode: Path, reference: Path, said: str, chains: tuple[str, str] = STORED) -> tuple[int, int]:
        """Notes, scores and pictures of a pair; returns the frames."""
        spec = make_spec(SubmitRequest("vmaf-compare", str(encode), reference=str(reference)), self.jobs.settings)
        assert said in " ".join(note.text for note in notes_of(spec))
        rows = self.by_hand(encode, reference, chains)
        assert scored(spec, self.jobs.ffmpeg, self.folder) == rows
        assert len(spec.frames) == len(rows)
        pictures = PictureSource(picture_pair(spec))
        for frame in (spec.frames.first, spec.frames.last):
            assert pictures.encode(frame).width == pictures.reference(frame).width
        pictures.close()
        return spec.frames.first, spec.frames.last

    def by_hand(self, encode: Path, reference: Path, chains: tuple[str, str]) -> list[dict[str, float]]:
        graph = (
            f"[0:v]{TAGS},{chains[0]},settb=1/25,setpts=N,{TAGS}[d];[1:v]{TAGS},{chains[1]},settb=1/25,setpts=N,{TAGS}[r];"
            "[d][r]libvmaf=model=version=vmaf_v0.6.1:feature=name=psnr:log_fmt=json:log_path=direct.json:shortest=1"
        )
        argv = [self.jobs.ffmpeg, "-nostdin", "-v", "fatal", "-i", str(encode), "-i", str(reference), "-lavfi", graph]
        subprocess.run([*argv, "-f", "null", "-"], check=True, cwd=self.folder, stdin=subprocess.DEVNULL)
        return log_rows(self.folder / "direct.json")


@pytest.fixture
def run(clips: Clips, jobs: Jobs, tmp_path: Path) -> Run:
    return Run(clips, jobs, tmp_path)


@pytest.fixture(scope="module")
def reference(clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("odd") / "reference.mov"
    lossy = ("-c:v", "libx264", "-qp", "4", "-pix_fmt", "yuv420p")
    clips.run([*lively(40, size="192x128"), "-vf", TAGS, *lossy, str(path)])
    return path


@pytest.mark.parametrize("ending", CODECS)
def test_an_elementary_stream_is_compared_by_number(ending: str, reference: Path, run: Run) -> None:
    encode = run.make(reference, *CODECS[ending], f"encode.{ending}")
    assert run.check(encode, reference, "has no times; pictures are matched by their number") == (1, 40)


def test_an_elementary_reference_is_compared_by_number(reference: Path, run: Run) -> None:
    stream = run.make(reference, "-c", "copy", "reference.h264")
    assert run.check(run.make(reference, *OPEN, "encode.mp4"), stream, "has no times") == (1, 40)


def test_a_transport_stream_cut_in_an_open_gop_is_compared_by_what_decodes(reference: Path, run: Run) -> None:
    encode = run.make(reference, *OPEN, *GOPS, "cut.ts")
    encode.write_bytes(encode.read_bytes()[188 * 30 :])
    said = "begins in the middle of a group of pictures"
    assert run.check(encode, reference, said, ("null", "trim=start_frame=12")) == (13, 40)


def test_an_avi_with_empty_chunks_is_compared_by_the_pictures_it_has(reference: Path, run: Run) -> None:
    some = ("-vf", "select='mod(n,3)'", "-fps_mode", "passthrough")
    holes = run.make(reference, *some, "-c:v", "mpeg4", "-q:v", "2", "holes.avi")
    encode = run.make(holes, "-fps_mode", "passthrough", *OPEN, "encode.mp4")
    assert run.check(encode, holes, "variable frame rate") == (1, 26)


def test_alpha_is_left_out_and_said(reference: Path, run: Run) -> None:
    chain = f"trim=end_frame=8,format=yuva444p10le,{TAGS}"
    clear = run.make(reference, "-vf", chain, "-c:v", "prores_ks", "-pix_fmt", "yuva444p10le", "clear.mov")
    to_420 = f"scale={SAID}:{FLAGS}:in_chroma_loc=left:out_chroma_loc=left,format=yuv420p"
    encode = run.make(clear, "-vf", f"{to_420}10le", "-c:v", "libx264", "-crf", "24", "encode.mp4")
    assert run.check(encode, clear, "Alpha is left out", (f"{to_420}12le", f"{to_420}12le")) == (1, 8)
