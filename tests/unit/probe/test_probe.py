# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Facts about real files, and one true sentence about each that cannot be used."""

import os
import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from clips import RATES, Clips

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.probe import probe_clip, probe_sound

REFUSALS = {
    "empty": "is empty",
    "text": "is no media file",
    "sound_only": "has no picture, only audio",
    "cut_mov": "is no media file that can be read",
    "cut_mp4": "is damaged: it holds corrupt packets",
    "cut_mkv": r"is cut off: it says \d\.\d\d s but ends after \d\.\d\d s",
    "slightly_cut_mkv": r"is cut off: it says \d\.\d\d s but ends after \d\.\d\d s",
    "strange_matrix": r"colour matrix \(H\.273 number 8\) that cannot be converted",
    "scratched": r"is damaged after picture \d+ of 48",
}


@pytest.mark.parametrize(("name", "reason"), REFUSALS.items())
def test_what_cannot_be_used_is_refused_in_one_sentence_with_its_name(name: str, reason: str, clips: Clips) -> None:
    path = str(clips(name))
    with pytest.raises(InputRefused, match=reason) as refusal:
        probe_clip(path, decode=True)
    sentence = str(refusal.value)
    assert sentence.startswith(path)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for name, reason in (("gone.mov", "No such file"), ("", "is a folder"), ("gone/x.mov", "No such file")):
        with pytest.raises(InputRefused, match=reason):
            probe_clip(str(tmp_path / name))


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(InputRefused, match="no regular file"):
        probe_clip(str(tmp_path / "pipe"))


@pytest.mark.parametrize("rate", RATES)
def test_rates_are_exact(rate: str, clips: Clips) -> None:
    video = probe_clip(str(clips(f"rate_{rate}"))).video
    assert video.rate == Fraction(rate)
    assert video.constant_rate


@pytest.mark.parametrize("rate", RATES)
def test_rates_are_exact_behind_the_millisecond_clock_of_mkv(rate: str, clips: Clips, tmp_path: Path) -> None:
    copy = tmp_path / "copy.mkv"
    clips.run(["-i", str(clips(f"rate_{rate}")), "-c", "copy", str(copy)])
    video = probe_clip(str(copy)).video
    assert (video.rate, video.constant_rate, video.frames) == (Fraction(rate), True, 12)


def test_frames_are_those_that_are_shown(clips: Clips) -> None:
    assert probe_clip(str(clips("h264_mkv"))).video.frames == 48
    assert probe_clip(str(clips("edit_list"))).video.frames == 42
    assert probe_clip(str(clips("still"))).video.frames == 1
    assert probe_clip(str(clips("slide_show"))).video.frames == 4


def test_a_variable_rate_and_woven_fields_are_seen(clips: Clips) -> None:
    assert not probe_clip(str(clips("variable"))).video.constant_rate
    assert probe_clip(str(clips("interlaced"))).video.interlaced
    assert not probe_clip(str(clips("h264"))).video.interlaced


def test_size_is_as_shown_after_rotation(clips: Clips) -> None:
    video = probe_clip(str(clips("turned"))).video
    assert (video.size, video.rotation) == ("180x320", 90)


def test_pixels_are_described(clips: Clips) -> None:
    assert probe_clip(str(clips("anamorphic"))).video.sample_aspect == Fraction(16, 15)
    assert probe_clip(str(clips("ten_bit"))).video.depth == 10
    assert probe_clip(str(clips("prores"))).video.tags == Colour("tv", "bt709", "bt709", "bt709")
    assert probe_clip(str(clips("bars_full"))).video.tags.range == "pc"
    for name in ("dnxhr", "qtrle", "png"):
        assert probe_clip(str(clips(name))).video.is_rgb
    assert probe_clip(str(clips("qtrle"))).video.has_alpha
    assert probe_clip(str(clips("odd_alpha"))).video.has_alpha


def test_sound_streams_are_listed_in_order(clips: Clips) -> None:
    assert [a.layout for a in probe_clip(str(clips("surround"))).audio] == ["5.1"]
    assert [a.channels for a in probe_clip(str(clips("monos"))).audio] == [1, 1, 1]
    assert probe_clip(str(clips("dnxhr"))).audio == ()


def test_a_picture_that_starts_after_the_sound_is_known_to(clips: Clips) -> None:
    assert probe_clip(str(clips("sound_first"))).video.start == Fraction(1, 2)
    assert probe_clip(str(clips("picture_first"))).video.start == 0


def test_timecodes_are_read(clips: Clips) -> None:
    assert probe_clip(str(clips("prores"))).timecode == "01:02:03:04"
    assert probe_clip(str(clips("drop_frame"))).timecode == "01:00:59;20"
    assert probe_clip(str(clips("h264"))).timecode is None


def test_a_tag_that_is_no_timecode_at_this_rate_is_none(clips: Clips) -> None:
    assert probe_clip(str(clips("no_timecode"))).timecode is None


def test_a_subtitle_longer_than_the_picture_is_no_damage(clips: Clips) -> None:
    assert probe_clip(str(clips("subtitled"))).video.frames == 48


def test_metadata_that_is_no_text_is_no_obstacle(clips: Clips) -> None:
    assert probe_clip(str(clips("bad_metadata")), decode=True).video.frames == 48


@pytest.mark.parametrize(
    "name",
    [b"a b.mov", b"a:b,c;d.mov", b"100%d.mov", b"[x].mov", b"-x.mov", b"a\nb.mov", b"caf\xc3\xa9.mov", b"\xff\xfe.mov"],
)
def test_any_name_can_be_probed(name: bytes, clips: Clips, tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    shutil.copy(clips("prores"), path)
    facts = probe_clip(os.fsdecode(path), decode=True)
    assert os.fsencode(facts.path) == path
    assert facts.video.frames == 24


def test_a_relative_name_becomes_absolute(clips: Clips, monkeypatch: pytest.MonkeyPatch) -> None:
    path = clips("prores")
    monkeypatch.chdir(path.parent)
    assert probe_clip(path.name).path == str(path)


def test_refusals_of_unreadable_names_are_sentences_too(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=re.escape("cannot be read")):
        probe_clip(str(tmp_path / ("x" * 300)))


def test_an_edit_that_cuts_inside_a_slow_picture_is_no_damage(tmp_path: Path, ffmpeg: str) -> None:
    whole, edited = tmp_path / "whole.mp4", tmp_path / "edited.mp4"
    slow = ["-f", "lavfi", "-i", "testsrc2=s=128x96:r=2:d=8", "-c:v", "libx264", "-g", "2", "-bf", "0"]
    subprocess.run([ffmpeg, "-v", "error", *slow, str(whole)], check=True)
    subprocess.run([ffmpeg, "-v", "error", "-ss", "1.3", "-i", str(whole), "-c", "copy", str(edited)], check=True)
    assert probe_clip(str(edited)).video.rate == 2


def test_sound_that_begins_late_in_its_file_keeps_its_place(tmp_path: Path, ffmpeg: str) -> None:
    late = tmp_path / "late.mov"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=128x96:r=24:d=2"]
    sound = ["-itsoffset", "0.5", "-f", "lavfi", "-i", "sine=d=1:r=48000"]
    subprocess.run([ffmpeg, "-v", "error", *picture, *sound, "-c:a", "pcm_s16le", str(late)], check=True)
    (stream,) = probe_sound(str(late)).streams
    assert (float(stream.start), float(stream.duration)) == (0.5, 1.5)
