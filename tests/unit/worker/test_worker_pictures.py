# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pixels, tags, sizes and container of real encodes, seen by ffmpeg's decoder and by PyAV."""

from fractions import Fraction
from pathlib import Path

import av
import pytest
from clips import Clips
from measure import boxes, mean_difference, planes, rgb, tags, upright
from worker_jobs import Encodes, Jobs

from cueffmpeg_gui.probe import probe_clip

FINE = {"crf": "1"}
WIDTH, HEIGHT = 320, 180
BARS = [(191, 191, 191), (191, 191, 0), (0, 191, 191), (0, 191, 0), (191, 0, 191), (191, 0, 0), (0, 0, 191)]
# ITU-R BT.709 and BT.601 limited-range codes of the 75 % green bar.
GREEN = {"bt709": (133, 63, 52), "smpte170m": (112, 72, 58)}
BAR_SOURCES = {
    "bars_709": "bt709", "bars_601": "smpte170m", "bars_full": "bt709", "bars_untagged": "smpte170m", "png": "bt709",
    "qtrle": "bt709", "dnxhr": "bt709",
}  # fmt: skip


def bar_colours(path: Path, ffmpeg: str) -> list[tuple[int, ...]]:
    """The colour in the middle of each of the seven bars, as RGB."""
    picture = rgb(path, ffmpeg, 3)
    size = WIDTH * HEIGHT
    centres = [HEIGHT // 3 * WIDTH + WIDTH * (2 * bar + 1) // 14 for bar in range(7)]
    green, blue, red = (picture[n * size : (n + 1) * size] for n in range(3))
    return [(red[at], green[at], blue[at]) for at in centres]


def green_codes(path: Path, ffmpeg: str) -> tuple[int, int, int]:
    size = WIDTH * HEIGHT
    picture = planes(path, ffmpeg)[: size * 3 // 2]
    x, y = WIDTH // 2, HEIGHT // 3
    small = y // 2 * (WIDTH // 2) + x // 2
    return picture[y * WIDTH + x], picture[size + small], picture[size * 5 // 4 + small]


@pytest.mark.parametrize("clip", BAR_SOURCES)
def test_colour_bars_keep_their_colours(clip: str, encodes: Encodes, ffmpeg: str) -> None:
    for wanted, got in zip(BARS, bar_colours(encodes(clip, values=FINE).output, ffmpeg), strict=True):
        assert got == pytest.approx(wanted, abs=4)


@pytest.mark.parametrize(("clip", "matrix"), BAR_SOURCES.items())
def test_code_values_are_those_of_the_tagged_matrix(clip: str, matrix: str, encodes: Encodes, ffmpeg: str) -> None:
    output = encodes(clip, values=FINE).output
    found = probe_clip(str(output)).video
    assert (found.tags.range, found.tags.matrix) == ("tv", matrix)
    assert green_codes(output, ffmpeg) == pytest.approx(GREEN[matrix], abs=2)


@pytest.mark.parametrize(
    ("clip", "preset"),
    [*((clip, "h264-review") for clip in ("h264", "prores", "png", "turned", "odd_alpha", "variable")),
     ("prores", "h265-review"), ("h264", "prores-422-hq"), ("png", "prores-422-hq")],
)  # fmt: skip
def test_colour_tags_are_complete(clip: str, preset: str, encodes: Encodes) -> None:
    assert probe_clip(str(encodes(clip, preset).output)).video.tags.is_complete


@pytest.mark.parametrize("clip", ["h264", "bframes", "interlaced", "ten_bit"])
def test_pictures_are_those_of_the_source(clip: str, encodes: Encodes, clips: Clips, ffmpeg: str) -> None:
    values = {**FINE, "interlaced": "keep"}
    source, encode = planes(clips(clip), ffmpeg), planes(encodes(clip, values=values).output, ffmpeg)
    assert mean_difference(source[::101], encode[::101]) < 0.8


def test_a_turned_clip_is_upright_and_says_no_more_of_it(encodes: Encodes, clips: Clips, ffmpeg: str) -> None:
    output = encodes("turned", values=FINE).output
    found = probe_clip(str(output)).video
    assert (found.size, found.rotation) == ("180x320", 0)
    assert mean_difference(upright(clips("turned"), ffmpeg)[::101], planes(output, ffmpeg)[::101]) < 0.8


def test_odd_sizes_lose_a_line_that_nobody_sees(encodes: Encodes, clips: Clips, ffmpeg: str) -> None:
    output = encodes("odd", values=FINE).output
    assert probe_clip(str(output)).video.size == "320x180"
    chain = "crop=320:180:0:0,format=gray"
    assert mean_difference(planes(clips("odd"), ffmpeg, chain)[::11], planes(output, ffmpeg, "format=gray")[::11]) < 0.8


def test_odd_sizes_gain_a_black_line_when_asked(encodes: Encodes, ffmpeg: str) -> None:
    output = encodes("odd", values={"odd_size": "pad", **FINE}).output
    assert probe_clip(str(output)).video.size == "322x182"
    right_column = planes(output, ffmpeg, "trim=end_frame=1,format=gray")[321::322]
    assert max(right_column) < 24


def test_alpha_is_left_out(encodes: Encodes) -> None:
    found = probe_clip(str(encodes("odd_alpha").output)).video
    assert (found.size, found.pix_fmt, found.has_alpha) == ("640x360", "yuv420p", False)


def test_pixel_aspect_is_kept(encodes: Encodes) -> None:
    assert probe_clip(str(encodes("anamorphic").output)).video.sample_aspect == Fraction(16, 15)


@pytest.mark.parametrize("clip", ["h264", "odd", "odd_alpha", "anamorphic", "turned"])
def test_a_limited_height_keeps_the_shape_of_the_picture(clip: str, encodes: Encodes, clips: Clips) -> None:
    source = probe_clip(str(clips(clip))).video
    found = probe_clip(str(encodes(clip, values={"max_height": "91"}).output)).video
    assert found.height == 90
    shape = Fraction(source.width, source.height) * source.sample_aspect
    assert float(Fraction(found.width, found.height) * found.sample_aspect) == pytest.approx(float(shape), rel=0.02)


def test_a_height_within_the_limit_is_left_alone(encodes: Encodes) -> None:
    assert probe_clip(str(encodes("h264", values={"max_height": "180"}).output)).video.size == "320x180"


@pytest.mark.parametrize(
    ("clip", "frames", "timecode"),
    [("prores", None, "01:02:03:04"), ("prores", "7-12", "01:02:03:10"), ("drop_frame", None, "01:00:59;20"),
     ("drop_frame", "11-30", "01:01:00;02"), ("h264", "7-12", None), ("mpeg2", "11-25", "00:00:00:10")],
)  # fmt: skip
def test_timecode_is_that_of_the_first_frame(
    clip: str, frames: str | None, timecode: str | None, encodes: Encodes
) -> None:
    assert probe_clip(str(encodes(clip, frames=frames).output)).timecode == timecode


def test_metadata_is_kept_and_names_the_preset(encodes: Encodes) -> None:
    found = tags(encodes("prores").output)
    assert found["title"] == "A"
    assert found["cueffmpeg_preset"] == "h264-review@1"
    with av.open(str(encodes("monos").output)) as container:
        assert container.streams.audio[0].metadata["language"] == "fra"


def test_players_can_start_before_the_file_is_whole(encodes: Encodes) -> None:
    found = boxes(encodes("h264").output)
    assert found.index("moov") < found.index("mdat")


@pytest.mark.parametrize(
    ("preset", "codec", "pix_fmt", "audio"),
    [("h264-review", "h264", "yuv420p", "aac"), ("h265-review", "hevc", "yuv420p10le", "aac"),
     ("prores-422-hq", "prores", "yuv422p10le", "pcm_s24le"), ("h264-web", "h264", "yuv420p", "aac"),
     ("h264-proxy", "h264", "yuv420p", "aac")],
)  # fmt: skip
def test_each_preset_makes_what_it_says(preset: str, codec: str, pix_fmt: str, audio: str, encodes: Encodes) -> None:
    facts = probe_clip(str(encodes("prores", preset).output), decode=True)
    assert (facts.video.codec, facts.video.pix_fmt, facts.video.frames) == (codec, pix_fmt, 24)
    assert [stream.codec for stream in facts.audio] == [audio]


def test_prores_is_hq_and_made_to_look_like_apples(encodes: Encodes) -> None:
    data = encodes("prores", "prores-422-hq").output.read_bytes()
    assert b"apch" in data
    assert b"apl0" in data


def test_h265_carries_the_tag_that_apples_players_ask_for(encodes: Encodes) -> None:
    assert b"hvc1" in encodes("prores", "h265-review").output.read_bytes()


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_two_passes_meet_the_bit_rate_better_than_one(codec: str, encodes: Encodes) -> None:
    def rate(two_pass: str) -> float:
        preset = "h264-review" if codec == "h264" else "h265-review"
        values = {"bitrate": "300k", "two_pass": two_pass, "audio_codec": "none", "max_height": "120"}
        output = encodes("long_gop", preset, values=values).output
        return output.stat().st_size * 8 / (60 / 24)

    assert abs(rate("true") - 300_000) < abs(rate("false") - 300_000)
    assert rate("true") == pytest.approx(300_000, rel=0.15)


def test_two_passes_leave_no_statistics_behind(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    values = {"bitrate": "300k", "two_pass": "true"}
    job = jobs(clips("h264"), output=str(tmp_path / "o.mp4"), values=values)
    job.must_run()
    left = [path.name for path in Path(job.folder, "work").iterdir()]
    assert [name for name in left if not name.startswith("output.")] == []  # but what the run put at the output's name


@pytest.mark.parametrize("preset", ["h264-review", "h265-review", "prores-422-hq"])
def test_equal_jobs_make_equal_bytes(preset: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    ending = ".mov" if "prores" in preset else ".mp4"
    job = jobs(clips("prores"), preset, output=str(tmp_path / f"o{ending}"))
    job.must_run()
    first = job.output.read_bytes()
    job.must_run(CUE_THREADS="1")
    assert job.output.read_bytes() == first
