# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Any picture by its number is just the one that a decode from the start gives, or none."""

import os
import random
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from clips import Clips, picture
from decodes import full_decode, md5_of

from cueffmpeg_gui.errors import Cancelled, InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.pictures import clip_reader
from cueffmpeg_gui.pictures import index as picture_index
from cueffmpeg_gui.pictures.cache import PictureCache
from cueffmpeg_gui.pictures.decoder import Decoder
from cueffmpeg_gui.pictures.open_reader import open_reader
from cueffmpeg_gui.probe import probe_clip, probe_sequence
from cueffmpeg_gui.probe.files import opened
from cueffmpeg_gui.probe.packets import read_packets
from cueffmpeg_gui.sequences.files import find_sequence

CLIPS = (
    "h264", "bframes", "bframes_mkv", "long_gop", "open_gop", "open_gop_mkv", "open_gop_ts", "refreshed", "hevc",
    "edit_list", "late_click_mkv", "late_click_ts", "prores", "odd_alpha", "qtrle", "dnxhr", "mpeg2", "mpeg4_avi",
    "picture_first", "still", "turned", "rate_30000/1001",
)  # fmt: skip
SEEKING = ("bframes", "bframes_mkv", "open_gop", "open_gop_mkv", "refreshed", "hevc", "edit_list", "prores", "turned")
IMAGES = {
    "dpx": ("gbrp10be", []),
    "exr": ("gbrpf32le", []),
    "png": ("rgb24", []),
    "tif": ("rgb48le", []),
    "jpg": ("yuvj422p", ["-q:v", "2"]),
}


def shuffled(count: int) -> list[int]:
    """Every number twice, in an order that steps and jumps both ways."""
    numbers = [*range(count), *range(count)]
    random.Random(count).shuffle(numbers)
    return [*range(min(6, count)), *numbers, *reversed(range(count))]


def sequence_of(clips: Clips, folder: Path, ending: str, count: int = 4) -> ClipFacts:
    """A sequence of pictures of one format, numbered from 1001."""
    pix_fmt, options = IMAGES[ending]
    folder.mkdir()
    pattern = str(folder / f"shot.%04d.{ending}")
    clips.run([*picture(count), "-pix_fmt", pix_fmt, *options, "-start_number", "1001", pattern])
    return probe_sequence(find_sequence(f"{folder}/shot.####.{ending}"), Fraction(24))


@pytest.mark.parametrize("name", CLIPS)
def test_every_picture_in_any_order_is_that_of_a_full_decode(name: str, clips: Clips, ffmpeg: str) -> None:
    clip = probe_clip(str(clips(name)))
    wanted = full_decode(ffmpeg, clip.path, stream=clip.video.index)
    assert len(wanted) == clip.video.frames
    reader = open_reader(clip)
    numbers = shuffled(clip.video.frames)
    assert [md5_of(reader.picture(number).frame) for number in numbers] == [wanted[number] for number in numbers]


@pytest.mark.parametrize("name", SEEKING)
def test_a_seek_into_a_cold_clip_is_exact_too(name: str, clips: Clips, ffmpeg: str) -> None:
    clip = probe_clip(str(clips(name)))
    wanted = full_decode(ffmpeg, clip.path, stream=clip.video.index)
    for number in range(0, clip.video.frames, 7):
        assert md5_of(open_reader(clip).picture(number).frame) == wanted[number]


@pytest.mark.parametrize("ending", IMAGES)
def test_pictures_of_a_sequence_are_those_of_its_files(ending: str, clips: Clips, ffmpeg: str, tmp_path: Path) -> None:
    clip = sequence_of(clips, tmp_path / "shot", ending)
    reader = open_reader(clip)
    assert clip.sequence
    for number in (3, 0, 2, 1):
        (wanted,) = full_decode(ffmpeg, clip.sequence.file(1001 + number))
        assert md5_of(reader.picture(number).frame) == wanted


@pytest.mark.parametrize("name", ["bframes", "open_gop", "hevc", "prores", "rate_30000/1001", "still", "turned"])
def test_the_table_of_an_mp4_tells_the_same_times_as_all_of_its_packets(
    name: str, clips: Clips, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = probe_clip(str(clips(name)))
    with opened(clip.path) as container:
        times = read_packets(container, container.streams[clip.video.index], clip.path).times
    monkeypatch.setattr(picture_index, "read_packets", None)
    assert list(picture_index.read_index(clip).times) == times


def test_facts_of_a_picture_come_with_it(clips: Clips) -> None:
    clip = probe_clip(str(clips("open_gop")))
    reader = open_reader(clip)
    found = [reader.picture(number) for number in range(30)]
    assert [picture.number for picture in found if picture.since_key == 0] == [0, 12, 24]
    assert found[23].since_key == 11
    assert {found[0].kind, found[12].kind} == {"I"}
    assert {picture.kind for picture in found} == {"I", "P", "B"}
    assert all(picture.bytes for picture in found)


def test_bytes_of_all_pictures_are_those_of_the_packets(clips: Clips) -> None:
    clip = probe_clip(str(clips("rate_24")))
    reader = open_reader(clip)
    held = sum(reader.picture(number).bytes or 0 for number in range(clip.video.frames))
    assert 0 < held < clip.bytes < held + 4000


def test_a_picture_that_was_on_the_way_costs_nothing_more(clips: Clips, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = open_reader(probe_clip(str(clips("long_gop"))))
    reader.picture(40)
    monkeypatch.setattr(Decoder, "pictures", None)
    kept = range(40, 40 - clip_reader.KEPT_BEHIND - 1, -1)
    assert [reader.picture(number).number for number in kept] == list(kept)
    with pytest.raises(TypeError):
        reader.picture(20)


def test_going_back_keeps_more_of_what_lies_before(clips: Clips, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = open_reader(probe_clip(str(clips("long_gop"))))
    for number in range(58, 58 - clip_reader.KEPT_BEHIND - 2, -1):
        reader.picture(number)
    monkeypatch.setattr(Decoder, "pictures", None)
    assert [reader.picture(number).number for number in range(58)] == list(range(58))


def test_a_picture_that_is_not_wanted_any_more_is_given_up(clips: Clips, ffmpeg: str) -> None:
    clip = probe_clip(str(clips("long_gop")))
    reader = open_reader(clip)
    with pytest.raises(Cancelled):
        reader.picture(50, lambda: False)
    assert md5_of(reader.picture(50).frame) == full_decode(ffmpeg, clip.path)[50]


def test_the_cache_forgets_what_was_used_longest_ago(clips: Clips) -> None:
    reader = open_reader(probe_clip(str(clips("rate_24"))))
    pictures = [reader.picture(number) for number in range(4)]
    cache = PictureCache(most_bytes=2 * pictures[0].memory)
    for picture_ in pictures[:2]:
        cache.put(picture_)
    cache.get(0)
    cache.put(pictures[2])
    assert [cache.get(number) is not None for number in range(3)] == [True, False, True]
    small = PictureCache(most_bytes=1)
    small.put(pictures[3])
    assert small.get(3) is pictures[3]


def refused(clip: ClipFacts, number: int = 0) -> str:
    with pytest.raises(InputRefused) as refusal:
        open_reader(clip).picture(number)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert sentence.endswith(("?", "."))
    return sentence


def test_media_that_is_gone_or_changed_gives_a_sentence_and_no_picture(clips: Clips, tmp_path: Path) -> None:
    clip = probe_clip(str(clips("h264")))
    assert "No such file" in refused(replace(clip, path=str(tmp_path / "moved.mp4")))
    assert "has changed since it was compared (1 bytes then" in refused(replace(clip, bytes=1))
    shorter = replace(clip, video=replace(clip.video, frames=47))
    assert "it holds 48 pictures, not 47" in refused(shorter)
    smaller = replace(clip, video=replace(clip.video, width=100))
    assert "its pictures are 320x180, not 100x180" in refused(smaller)
    assert "has no picture 49; it ends after 48" in refused(clip, 48)


def test_what_is_planned_has_no_size_yet_and_is_shown_all_the_same(clips: Clips) -> None:
    clip = probe_clip(str(clips("h264")))
    assert open_reader(replace(clip, bytes=0, modified=0)).picture(3).number == 3


def test_a_clip_that_goes_away_while_it_is_open_is_not_shown_from_memory(clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(clips("h264").read_bytes())
    reader = open_reader(probe_clip(str(path)))
    reader.picture(3)
    path.unlink()
    with pytest.raises(InputRefused, match="No such file"):
        reader.picture(3)


def test_a_film_that_is_made_again_while_it_is_open_is_shown_as_it_is_now(
    clips: Clips, tmp_path: Path, ffmpeg: str
) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(clips("h264").read_bytes())
    reader = open_reader(replace(probe_clip(str(path)), bytes=0))
    reader.picture(3)
    again = tmp_path / "again.mp4"
    clips.run(["-i", str(path), "-vf", "negate", "-c:v", "libx264", "-pix_fmt", "yuv420p", str(again)])
    again.rename(path)
    assert md5_of(reader.picture(3).frame) == full_decode(ffmpeg, path)[3]


def test_a_file_of_a_sequence_that_is_gone_or_cut_gives_a_sentence(clips: Clips, tmp_path: Path) -> None:
    clip = sequence_of(clips, tmp_path / "shot", "dpx")
    assert clip.sequence
    os.truncate(clip.sequence.file(1002), 1000)
    os.unlink(clip.sequence.file(1003))
    assert "has changed since it was compared" in refused(clip, 1)
    assert "No such file" in refused(clip, 2)
    assert open_reader(clip).picture(3).number == 3


def test_a_scratched_clip_shows_no_picture_that_the_scratch_spoils(clips: Clips, ffmpeg: str) -> None:
    whole = full_decode(ffmpeg, clips("faststart"))
    reader = open_reader(probe_clip(str(clips("scratched"))))
    shown = {}
    for number in range(48):
        with suppress(InputRefused):
            shown[number] = md5_of(reader.picture(number).frame)
    assert shown == {number: whole[number] for number in shown}
    spoiled = next(number for number in range(48) if number not in shown)
    with pytest.raises(InputRefused, match=f"Picture {spoiled + 1} of .* cannot be reached exactly"):
        reader.picture(spoiled)


def test_what_cannot_be_sought_is_decoded_from_its_start_while_that_is_affordable(
    clips: Clips, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = probe_clip(str(clips("late_click_ts")))
    monkeypatch.setattr(clip_reader, "SLOW_BUDGET", 50 * 320 * 180)
    reader = open_reader(clip)
    assert reader.picture(40).number == 40
    assert reader.picture(85).number == 85
    assert reader.picture(10).number == 10
    with pytest.raises(InputRefused, match="cannot be sought exactly, and picture 71 is too far on"):
        reader.picture(70)
