# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Ranges are reached exactly in every container: their pictures are the whole's, and so are their scores, as text."""

import json
import re
import subprocess
from collections.abc import Sequence as Several
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, lively
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cueffmpeg_gui.api.submit.libvmaf_check import check_libvmaf
from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.facts import ClipFacts, VideoFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.libvmaf import read_compare_log
from cueffmpeg_gui.media.metrics import METRICS, MODELS
from cueffmpeg_gui.media.scores import Scores, merge_scores, pool
from cueffmpeg_gui.media.seek import borders, can_seek, clip_input, number_patterns
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.probe import probe_clip, with_cuts
from cueffmpeg_gui.settings import Settings, load_settings

FRAMES = 48
X264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "12"]
NORMAL = [*X264, "-preset", "fast", "-g", "12"]
X265 = ["-c:v", "libx265", "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-x265-params", "log-level=error"]
MPEG2 = ["-c:v", "mpeg2video", "-q:v", "2", "-bf", "2", "-g", "12"]
# What a reference is made of: its ending, the arguments of its encoder, and those of a copy cut out of it.
KINDS: dict[str, tuple[str, list[str], list[str]]] = {
    "mp4": (".mp4", NORMAL, []),
    "mov": (".mov", ["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le"], []),
    "mkv": (".mkv", NORMAL, []),
    "long GOP": (".mp4", [*X264, "-preset", "fast", "-g", "60", "-sc_threshold", "0"], []),
    "open GOP": (".mp4", [*NORMAL, "-x264-params", "open-gop=1:b-pyramid=strict:scenecut=0:bframes=4"], []),
    "open GOP mkv": (".mkv", [*NORMAL, "-x264-params", "open-gop=1:scenecut=0:bframes=4"], []),
    "edit list": (".mp4", NORMAL, ["-ss", "0.3"]),
    "edit list mov": (".mov", [*X264, "-bf", "3", "-g", "60"], ["-ss", "0.3"]),
    "HEVC": (".mp4", X265, []),
    "ts": (".ts", NORMAL, []),
    "m2ts": (".m2ts", NORMAL, []),
    "avi": (".avi", ["-c:v", "mpeg4", "-q:v", "2", "-bf", "2", "-g", "12"], []),
    "mxf": (".mxf", MPEG2, []),
}  # fmt: skip
SLOW = ("ts", "m2ts", "avi", "mxf")
QUICK_MODELS = ("vmaf_v0.6.1", "vmaf_v0.6.1neg", "vmaf_v1.0.16_3d0h")
QUICK_LENGTHS = (8, 19, 40)
Pair = tuple[str, str]
SMALL, LARGE = "160x96", "320x180"


@dataclass
class Pairs:
    """References of every kind with encodes of them, made once; and comparisons of them."""

    folder: Path
    clips: Clips
    settings: Settings
    made: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    asked: dict[Any, dict[int, tuple[str, ...]]] = field(default_factory=dict)

    def __call__(self, kind: str, rate: str = "24", size: str = SMALL) -> tuple[str, str]:
        """The names of a reference and its encode."""
        if (kind, rate, size) not in self.made:
            ending, encoder, cut = KINDS[kind]
            place = self.folder / str(len(self.made))
            place.mkdir()
            reference = whole = str(place / f"reference{ending}")
            if cut:
                whole = str(place / f"whole{ending}")
            self.clips.run([*lively(FRAMES, rate, size), *encoder, whole])
            if cut:
                self.clips.run([*cut, "-i", whole, "-c", "copy", reference])
            encode = str(place / "encode.mp4")
            even = f"settb=1/({rate}),setpts=N"
            poor = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "38", "-g", "10"]
            self.clips.run(["-i", reference, "-vf", even, "-r", rate, *poor, encode])
            self.made[kind, rate, size] = reference, encode
        return self.made[kind, rate, size]

    def spec(
        self,
        pair: Pair,
        length: int | None,
        models: Several[str],
        metrics: Several[str] = (),
        **asked: Any,
    ) -> JobSpec:
        values = {"models": ",".join(models), "metrics": ",".join(metrics)}
        chunk = str(length) if length else None
        reference, encode = pair
        request = SubmitRequest("vmaf-compare", encode, reference=reference, chunk=chunk, values=values, **asked)
        return make_spec(request, self.settings)

    def scores(self, spec: JobSpec) -> Scores:
        """The scores of all chunks, merged as a summary does it."""
        return merge_scores([self._chunk(spec, chunk) for chunk in spec.chunks])

    def _chunk(self, spec: JobSpec, chunk: FrameRange) -> Scores:
        task = compare_task(spec, chunk)
        self._ask(build_compare(task, "chunk.json", self.clips.ffmpeg, 2))
        read = task.reference_frames
        rows = read_compare_log(str(self.folder / "chunk.json"), task.metrics, read.first, len(read)).rows
        own = {frame: row for frame, row in rows.items() if frame in chunk}
        return Scores("compare", chunk.first, chunk.last, task.metrics, spec.preset.values["models"][0], own)

    def direct(
        self, pair: Pair, model: str, metrics: Several[str] = (), *, deep: bool = False, rate: str = "24"
    ) -> Any:
        """One libvmaf run over the whole by a command of this test's own."""
        reference, encode = pair
        key = (pair, model, tuple(metrics))
        if key not in self.asked:
            side = f"settb=1/({rate}),setpts=N,format=yuv420p{'10le' if deep else ''}"
            features = "|".join(f"name={METRICS[metric].feature}" for metric in metrics if METRICS[metric].feature)
            feature = f":feature={features}" if features else ""
            options = f"model=version={model}{feature}:log_fmt=json:log_path=direct.json"
            graph = f"[0:v]{side}[d];[1:v]{side}[r];[d][r]libvmaf={options}"
            inputs = ["-nostdin", "-i", encode, "-i", reference]
            self._ask([self.clips.ffmpeg, *inputs, "-lavfi", graph, "-f", "null", "-"])
            self.asked[key] = json.loads((self.folder / "direct.json").read_text())
        return self.asked[key]

    def _ask(self, argv: list[str]) -> None:
        subprocess.run(argv, check=True, capture_output=True, cwd=self.folder, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Pairs:
    place = tmp_path_factory.mktemp("pairs")
    places = {"CUEFFMPEG_HOME": f"{place}/home", "CUEFFMPEG_SITE": f"{place}/site", "CUEFFMPEG_USER": "alice"}
    return Pairs(place, clips, load_settings(places))


def check_scores(pairs: Pairs, scores: Scores, direct: Any, first: int = 1) -> None:
    """Every column of every row as text, and every pooled value to the last printed digit."""
    rows = {first + int(frame["frameNum"]): frame["metrics"] for frame in direct["frames"]}
    wanted = {frame: tuple(f"{row[name]:.6f}" for name in scores.metrics) for frame, row in rows.items()}
    got = {frame: tuple(f"{value:.6f}" for value in row) for frame, row in scores.rows.items()}
    assert got == wanted
    assert scores.is_complete
    for name in scores.metrics:
        pooled = pool(scores.values(name))
        for how, value in direct["pooled_metrics"][name].items():
            assert pooled[how] == pytest.approx(value, abs=1.001e-6), (name, how)


def usable(model: str, size: str, ffmpeg: str) -> bool:
    try:
        check_libvmaf(ffmpeg, [model], [], size)
    except InputRefused:
        return False
    return True


# Scores


@pytest.mark.parametrize("length", QUICK_LENGTHS)
@pytest.mark.parametrize("model", QUICK_MODELS)
def test_rows_of_chunks_are_those_of_one_run(model: str, length: int, pairs: Pairs) -> None:
    pair = pairs("mp4", size=LARGE)
    metrics = ("psnr", "ssim", "cambi")
    spec = pairs.spec(pair, length, [model], metrics)
    assert len(spec.chunks) > 1
    check_scores(pairs, pairs.scores(spec), pairs.direct(pair, model, metrics))


@pytest.mark.long
@pytest.mark.parametrize("rate", ["24", "60"])
@pytest.mark.parametrize("model", MODELS)
def test_rows_of_chunks_are_those_of_one_run_for_every_model_and_length(model: str, rate: str, pairs: Pairs) -> None:
    size = next((size for size in (LARGE, "640x360", "960x540") if usable(model, size, pairs.clips.ffmpeg)), None)
    assert size, f"{model} accepts none of the sizes"
    pair = pairs("mp4", rate, size)
    of_libvmaf = tuple(name for name, metric in METRICS.items() if metric.feature)
    direct = pairs.direct(pair, model, of_libvmaf, rate=rate)
    for length in range(8, FRAMES + 1) if size == LARGE else (8, 9, 13, 24, 40):
        check_scores(pairs, pairs.scores(pairs.spec(pair, length, [model], of_libvmaf)), direct)


def test_several_models_in_one_run_give_the_rows_of_each(pairs: Pairs) -> None:
    pair = pairs("mp4", size=LARGE)
    models = ("vmaf_v0.6.1neg", "vmaf_v0.6.1", "vmaf_v1.0.16_3d0h")
    scores = pairs.scores(pairs.spec(pair, 17, models))
    for name, model in zip(scores.metrics, models, strict=True):
        rows = pairs.direct(pair, model, ("psnr", "ssim", "cambi"))["frames"]
        wanted = [f"{row['metrics']['vmaf']:.6f}" for row in rows]
        assert [f"{value:.6f}" for value in scores.values(name)] == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_rows_do_not_depend_on_the_container_of_the_reference(kind: str, pairs: Pairs) -> None:
    pair = pairs(kind)
    spec = pairs.spec(pair, 11, ["vmaf_v0.6.1"], ["psnr"])
    assert can_seek(spec.reference or spec.source) == (kind not in SLOW)
    check_scores(pairs, pairs.scores(spec), pairs.direct(pair, "vmaf_v0.6.1", ["psnr"], deep=kind == "mov"))


RATES = ("24000/1001", "24", "25", "30000/1001", "60000/1001")


@pytest.mark.parametrize(
    ("kind", "rate"), [*(("mp4", rate) for rate in RATES), ("mkv", "24000/1001"), ("mkv", "60000/1001"), ("ts", "25")]
)
def test_rows_do_not_depend_on_the_rate(kind: str, rate: str, pairs: Pairs) -> None:
    pair = pairs(kind, rate)
    spec = pairs.spec(pair, 13, ["vmaf_v0.6.1"])
    check_scores(pairs, pairs.scores(spec), pairs.direct(pair, "vmaf_v0.6.1", rate=rate))


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rate", [*RATES, "12", "30", "50", "60"])
def test_rows_of_every_container_at_every_rate_in_chunks_of_many_lengths(kind: str, rate: str, pairs: Pairs) -> None:
    if kind == "mxf" and rate in ("12", "60"):
        pytest.skip("MPEG-2 in MXF has no such rate")
    pair = pairs(kind, rate)
    direct = pairs.direct(pair, "vmaf_v0.6.1", ["psnr"], deep=kind == "mov", rate=rate)
    for length in (8, 9, 10, 14, 22, 31, 40):
        check_scores(pairs, pairs.scores(pairs.spec(pair, length, ["vmaf_v0.6.1"], ["psnr"])), direct)


@pytest.mark.parametrize(("kind", "first", "last"), [("mp4", 7, 44), ("mkv", 25, 48), ("avi", 1, 30), ("mp4", 12, 19)])
def test_a_range_of_a_pair_in_chunks_is_that_range_in_one_run(kind: str, first: int, last: int, pairs: Pairs) -> None:
    pair = pairs(kind)
    whole, chunked = (
        pairs.scores(pairs.spec(pair, length, ["vmaf_v0.6.1"], ["psnr"], frames=f"{first}-{last}"))
        for length in (None, 8)
    )
    assert chunked == whole
    assert sorted(chunked.rows) == list(range(first, last + 1))
    # Within the range all but the first row's motion are those of the whole pair.
    direct = pairs.direct(pair, "vmaf_v0.6.1", ["psnr"])["frames"]
    inner = range(first + 1, last)
    assert [f"{chunked.rows[n][0]:.6f}" for n in inner] == [f"{direct[n - 1]['metrics']['vmaf']:.6f}" for n in inner]


@pytest.mark.parametrize("length", [8, 16, 33])
def test_a_sequence_numbered_from_1001_is_scored_under_its_own_numbers(length: int, pairs: Pairs) -> None:
    place = pairs.folder / "dpx"
    encode = str(place / "encode.mp4")
    if not place.exists():
        pairs.clips.sequence(place, lively(FRAMES, size=SMALL))
        tags = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
        tagged = f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{tags}"
        inputs = ["-framerate", "24", "-start_number", "1001", "-i", f"{place}/shot.%04d.dpx"]
        pairs.clips.run([*inputs, "-vf", tagged, "-c:v", "libx264", "-crf", "36", encode])
    scores = pairs.scores(
        pairs.spec((f"{place}/shot.####.dpx", encode), length, ["vmaf_v0.6.1"], ["psnr"], frame_rate="24")
    )
    whole = pairs.scores(
        pairs.spec((f"{place}/shot.####.dpx", encode), None, ["vmaf_v0.6.1"], ["psnr"], frame_rate="24")
    )
    assert scores == whole
    assert sorted(scores.rows) == list(range(1001, 1001 + FRAMES))


# Pictures

VIDEO = VideoFacts(
    index=0, codec="dpx", width=160, height=96, rotation=0, sample_aspect=Fraction(1), rate=Fraction(24), frames=5,
    constant_rate=True, interlaced=False, pix_fmt="gbrp10be", depth=10, is_rgb=True, has_alpha=False, tags=Colour(),
    start=Fraction(0),
)  # fmt: skip
TEMPLATE = ClipFacts("", "image2", 1, 1, Fraction(1), VIDEO)


def pictures(pairs: Pairs, arguments: Several[str], filters: Several[str]) -> list[str]:
    chain = ["-vf", ",".join(filters)] if filters else []
    argv = [pairs.clips.ffmpeg, "-nostdin", "-v", "error", *arguments, *chain, "-fps_mode", "passthrough"]
    done = subprocess.run([*argv, "-an", "-f", "framemd5", "-"], check=True, capture_output=True, text=True)
    return [line.rpartition(",")[2].strip() for line in done.stdout.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    ("kind", "rate"),
    [*((kind, "24") for kind in KINDS), ("mkv", "30000/1001"), ("long GOP", "2"), ("open GOP", "2"), ("mkv", "2")],
)
def test_any_range_is_exactly_its_pictures(kind: str, rate: str, pairs: Pairs) -> None:
    clip = probe_clip(pairs(kind, rate)[0])
    whole = pictures(pairs, ["-i", clip.path], [])
    count = clip.video.frames
    assert len(whole) == count
    for frames in (FrameRange(*ends) for ends in ((1, 8), (2, 9), (13, 13), (12, 20), (24, 31), (count - 7, count))):
        cut = with_cuts(clip, borders(clip.frames, frames)) if can_seek(clip) else clip
        found = clip_input(cut, frames)
        assert pictures(pairs, found.arguments, found.filters) == whole[frames.first - 1 : frames.last], frames


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from([*KINDS]), rate=st.sampled_from(["24", "60000/1001", "24000/1001", "25"]), data=st.data())
def test_random_ranges_are_exactly_their_pictures(kind: str, rate: str, data: st.DataObject, pairs: Pairs) -> None:
    clip = probe_clip(pairs(kind, rate)[0])
    first = data.draw(st.integers(1, clip.video.frames))
    frames = FrameRange(first, data.draw(st.integers(first, clip.video.frames)))
    cut = with_cuts(clip, borders(clip.frames, frames)) if can_seek(clip) else clip
    found = clip_input(cut, frames)
    whole = pictures(pairs, ["-i", clip.path], [])
    assert pictures(pairs, found.arguments, found.filters) == whole[frames.first - 1 : frames.last]


def test_a_range_without_known_cuts_is_read_from_the_start(pairs: Pairs) -> None:
    clip = probe_clip(pairs("mp4")[0])
    found = clip_input(clip, FrameRange(9, 20))
    assert found.filters == ("trim=start_frame=8:end_frame=20",)
    assert pictures(pairs, found.arguments, found.filters) == pictures(pairs, ["-i", clip.path], [])[8:20]


def test_a_picture_that_is_missing_in_front_shifts_nothing(pairs: Pairs, tmp_path: Path) -> None:
    name = pairs.clips.sequence(tmp_path / "dpx", lively(12, size=SMALL))
    spec = make_spec(SubmitRequest("dpx-h264", name, output=str(tmp_path / "o.mp4"), frame_rate="24"), pairs.settings)
    (tmp_path / "dpx" / "shot.1005.dpx").unlink()
    whole = clip_input(spec.source, FrameRange(1006, 1010))
    short = clip_input(spec.source, FrameRange(1005, 1010))
    assert len(pictures(pairs, short.arguments, short.filters)) == 5
    assert pictures(pairs, whole.arguments, whole.filters) == pictures(pairs, short.arguments, short.filters)


def fits(patterns: list[str], digits: int, upto: int) -> list[int]:
    """The numbers that a shell lists for the patterns, in its order."""
    names = sorted(f"{number:0{digits}d}" for number in range(upto))
    return [int(name) for pattern in patterns for name in names if re.fullmatch(pattern, name)]


@given(st.integers(0, 1500), st.integers(1, 1500), st.integers(1, 6))
def test_a_pattern_names_just_the_numbers_of_a_range_in_their_order(first: int, count: int, digits: int) -> None:
    patterns = list(number_patterns(FrameRange(first, first + count - 1), digits))
    assert fits(patterns, digits, 3300) == list(range(first, first + count))


@given(st.integers(0, 10**9), st.integers(1, 10**7))
def test_patterns_stay_short(first: int, count: int) -> None:
    assert len(list(number_patterns(FrameRange(first, first + count - 1), 4))) < 40


HOSTILE = [
    "it's",
    "a b",
    "100%d",
    "{a,b}",
    "[x]",
    "*?",
    "back\\slash",
    "~",
    "#",
    "new\nline",
    "ünï-中文",
    "a:b",
    "$(x)",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_sequences_of_any_name_are_read(name: str, pairs: Pairs, tmp_path: Path) -> None:
    pairs.clips.sequence(tmp_path / "plain", lively(5, size=SMALL), first=98)
    folder = tmp_path / name
    folder.mkdir()
    for path in (tmp_path / "plain").iterdir():
        path.rename(folder / f"{name}.{int(path.suffixes[0][1:])}.dpx")
    clip = replace(TEMPLATE, sequence=Sequence(str(folder), f"{name}.", 1, ".dpx", 98, 102))
    found = clip_input(clip, FrameRange(99, 101))
    single = [pictures(pairs, ["-i", f"file:{folder}/{name}.{n}.dpx"], []) for n in (99, 100, 101)]
    assert pictures(pairs, found.arguments, found.filters) == [digest for one in single for digest in one]


@pytest.mark.parametrize("gap", [1013, 1014, 1020])
def test_a_part_that_is_whole_is_read_whatever_is_missing_behind_it(gap: int, pairs: Pairs, tmp_path: Path) -> None:
    name = pairs.clips.sequence(tmp_path / "dpx", lively(FRAMES, size=SMALL))
    (tmp_path / "dpx" / f"shot.{gap}.dpx").unlink()
    part = name.replace("####", "1001-1012#")
    spec = make_spec(SubmitRequest("dpx-h264", part, output=str(tmp_path / "o.mp4"), frame_rate="24"), pairs.settings)
    found = clip_input(spec.source, spec.frames)
    argv = [pairs.clips.ffmpeg, "-nostdin", "-v", "error", "-xerror", *found.arguments, "-f", "framemd5", "-"]
    done = subprocess.run(argv, check=True, capture_output=True, text=True)
    assert len([line for line in done.stdout.splitlines() if not line.startswith("#")]) == 12


def test_files_added_since_are_not_read(pairs: Pairs, tmp_path: Path) -> None:
    name = pairs.clips.sequence(tmp_path / "dpx", lively(12, size=SMALL))
    spec = make_spec(SubmitRequest("dpx-h264", name, output=str(tmp_path / "o.mp4"), frame_rate="24"), pairs.settings)
    last = tmp_path / "dpx" / "shot.1012.dpx"
    (tmp_path / "dpx" / "shot.1013.dpx").write_bytes(last.read_bytes())
    found = clip_input(spec.source, spec.frames)
    assert len(pictures(pairs, found.arguments, found.filters)) == 12
    assert replace(spec.source, path="x").frames == FrameRange(1001, 1012)
    assert Fraction(spec.source.video.rate) == 24
