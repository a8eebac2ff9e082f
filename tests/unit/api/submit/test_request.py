# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What cannot become a job is refused in one sentence that names the thing, and nothing is written."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, job_root, make_spec
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.settings import load_settings


@pytest.fixture
def spec(jobs: Jobs, tmp_path: Path) -> Any:
    """Makes a spec of a request; the output goes below tmp_path unless it is named."""

    def make(source: Path | str, preset: str = "h264-review", **request: Any) -> JobSpec:
        if not preset.startswith("vmaf"):
            request.setdefault("output", str(tmp_path / "o.mp4"))
        return make_spec(SubmitRequest(preset, str(source), **request), jobs.settings)

    return make


@pytest.fixture
def refusal(spec: Any, tmp_path: Path) -> Any:
    """The sentence with which a request is refused; nothing may have been written by then."""

    def ask(*arguments: Any, **request: Any) -> str:
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(InputRefused) as refused:
            spec(*arguments, **request)
        sentence = str(refused.value)
        assert sentence.endswith((".", "?"))
        assert "\n" not in sentence
        assert sorted(tmp_path.rglob("*")) == before
        return sentence

    return ask


BAD_FILES = ["empty", "text", "sound_only", "cut_mov", "cut_mp4", "cut_mkv", "slightly_cut_mkv", "scratched"]


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("preset", ["h264-review", "h264-review-vmaf"])
def test_a_bad_file_is_refused_by_name(name: str, preset: str, clips: Clips, refusal: Any) -> None:
    assert str(clips(name)) in refusal(clips(name), preset)


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_on_either_side_of_a_comparison(name: str, clips: Clips, refusal: Any) -> None:
    bad, good = clips(name), clips("h264")
    assert str(bad) in refusal(bad, "vmaf-compare", reference=str(good))
    assert str(bad) in refusal(good, "vmaf-compare", reference=str(bad))


def test_a_missing_file_and_a_folder_without_media_are_refused(tmp_path: Path, refusal: Any) -> None:
    assert f"{tmp_path}/gone.mov" in refusal(tmp_path / "gone.mov")
    assert str(tmp_path) in refusal(tmp_path)


@pytest.mark.parametrize(("name", "reason"), [("tiny", "at least 64 pixels")])
def test_what_cannot_be_compared_can_still_be_encoded(
    name: str, reason: str, clips: Clips, refusal: Any, spec: Any
) -> None:
    sentence = refusal(clips(name), "h264-review-vmaf")
    assert reason in sentence
    assert str(clips(name)) in sentence
    assert reason in refusal(clips(name), "vmaf-compare", reference=str(clips(name)))
    assert spec(clips(name)).output


@pytest.mark.parametrize(("encode", "what"), [("long_gop", "60"), ("ten_bit", "24"), ("odd", "12")])
def test_a_pair_of_other_lengths_is_refused_where_that_is_asked(
    encode: str, what: str, clips: Clips, refusal: Any, spec: Any
) -> None:
    strict = {"length": "strict"}
    sentence = refusal(clips(encode), "vmaf-compare", reference=str(clips("h264")), values=strict)
    assert what in sentence
    assert str(clips(encode)) in sentence
    assert str(clips("h264")) in sentence
    assert spec(clips(encode), "vmaf-compare", reference=str(clips("h264"))).frames.first == 1


def test_a_pair_of_quite_another_rate_is_refused_with_the_way_out(clips: Clips, refusal: Any, spec: Any) -> None:
    sentence = refusal(clips("rate_25"), "vmaf-compare", reference=str(clips("h264")))
    assert "at 25 frames a second" in sentence
    assert "offset=0" in sentence
    by_number = spec(clips("rate_25"), "vmaf-compare", reference=str(clips("h264")), values={"offset": "0"})
    assert (by_number.frames.first, by_number.frames.last) == (1, 12)


def test_an_encode_scaled_below_what_libvmaf_takes_is_refused(
    clips: Clips, refusal: Any, spec: Any, tmp_path: Path
) -> None:
    narrow = tmp_path / "narrow.mp4"
    clips.run(["-i", str(clips("ten_bit")), "-vf", "scale=64:64", str(narrow)])
    assert spec(narrow, "h264-review-vmaf")
    clips.run(["-i", str(clips("ten_bit")), "-vf", "scale=62:180", str(narrow)])
    assert "62x180" in refusal(narrow, "h264-review-vmaf")


def test_a_picture_that_would_be_cropped_to_nothing_is_refused(
    clips: Clips, refusal: Any, spec: Any, tmp_path: Path
) -> None:
    dot = tmp_path / "dot.mov"
    clips.run(["-i", str(clips("png")), "-vf", "scale=1:4", "-c:v", "png", str(dot)])
    assert "1x4" in refusal(dot)
    assert spec(dot, values={"odd_size": "pad"})


def test_the_source_is_never_the_output(clips: Clips, refusal: Any, tmp_path: Path) -> None:
    source = tmp_path / "s.mp4"
    shutil.copy(clips("h264"), source)
    (tmp_path / "symbolic.mp4").symlink_to(source)
    os.link(source, tmp_path / "hard.mp4")
    (tmp_path / "folder").symlink_to(tmp_path)
    for name in ("s.mp4", "symbolic.mp4", "hard.mp4", "folder/s.mp4", "../" + tmp_path.name + "/s.mp4"):
        assert "is the source itself" in refusal(source, output=str(tmp_path / name))
        assert "is the source itself" in refusal(tmp_path / "symbolic.mp4", output=str(tmp_path / name))


@pytest.mark.parametrize(
    ("output", "reason"),
    [("gone/o.mp4", "does not exist"), ("o.mkv", "must end in .mp4 or .mov"), ("o", "must end in"),
     ("folder.mp4", "is a folder"), ("file/o.mp4", "cannot be written"),
     (".mp4", "must end in"), ("n" * 300 + ".mp4", "cannot be written")],
)  # fmt: skip
def test_an_output_that_cannot_be_is_refused(
    output: str, reason: str, clips: Clips, refusal: Any, tmp_path: Path
) -> None:
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "file").touch()
    assert reason in refusal(clips("h264"), output=f"{tmp_path}/{output}")


def test_prores_goes_into_mov_only(clips: Clips, refusal: Any, tmp_path: Path) -> None:
    assert "must end in .mov for preset prores-422-hq" in refusal(
        clips("h264"), "prores-422-hq", output=str(tmp_path / "o.mp4")
    )


def test_a_folder_without_the_right_to_write_is_refused(clips: Clips, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    program = (
        "from cueffmpeg_gui.api.submit.output_check import check_output\n"
        "from cueffmpeg_gui.media.presets import Preset\n"
        "import os, sys\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "preset = Preset('p', 1, 'encode', '', '', {'codec': 'h264', 'audio_codec': 'aac'})\n"
        "check_output(sys.argv[1], preset, '/gone')\n"
    )
    for folder in tmp_path.parents:
        if folder.is_relative_to(tempfile.gettempdir()) and folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    tmp_path.chmod(0o755)
    run = subprocess.run(
        [sys.executable, "-c", program, str(closed / "o.mp4")], capture_output=True, text=True, check=False
    )
    assert f"The output folder {closed} cannot be written" in run.stderr


def test_without_an_output_it_goes_beside_the_source(clips: Clips, spec: Any, tmp_path: Path) -> None:
    source = tmp_path / "a.b.mov"
    shutil.copy(clips("prores"), source)
    assert spec(source, output=None).output == str(tmp_path / "a.b_h264-review.mp4")
    assert spec(source, "prores-422-hq", output=None).output == str(tmp_path / "a.b_prores-422-hq.mov")


def test_relative_names_become_absolute(
    clips: Clips, spec: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(clips("prores"), tmp_path / "s.mov")
    monkeypatch.chdir(tmp_path)
    made = spec("s.mov", output="o.mp4")
    assert (made.source.path, made.output) == (str(tmp_path / "s.mov"), str(tmp_path / "o.mp4"))


def test_a_mistyped_preset_or_key_is_answered_with_the_one_meant(clips: Clips, refusal: Any) -> None:
    assert "Did you mean 'h264-review'?" in refusal(clips("h264"), "h264-reviw")
    assert "Did you mean 'crf'?" in refusal(clips("h264"), values={"crff": "20"})
    assert "crf is 'high'" in refusal(clips("h264"), values={"crf": "high"})


@pytest.mark.parametrize("frames", ["0-5", "1-49", "49", "5-1", "x", "", "-3", "1-5,7-9", "40-60"])
def test_frames_that_are_not_there_are_refused(frames: str, clips: Clips, refusal: Any) -> None:
    refusal(clips("h264"), frames=frames)


def test_frames_are_counted_from_one(clips: Clips, spec: Any) -> None:
    assert spec(clips("h264")).frames == FrameRange(1, 48)
    assert spec(clips("h264"), frames="1-48").frames == FrameRange(1, 48)
    assert spec(clips("h264"), frames="48").frames == FrameRange(48, 48)


@pytest.mark.parametrize("name", ["ab", "a b", "caf\u00e9", "x" * 300, "a/b", "demo_2024_01_02_03_04", "abc\n"])
def test_a_name_that_a_farm_would_refuse_is_refused(name: str, clips: Clips, refusal: Any) -> None:
    refusal(clips("h264"), name=name)


@pytest.mark.parametrize(
    "place", [{"show": "a b"}, {"show": "../x"}, {"shot": "s"}, {"shot": "a b"}, {"user": "a b"}, {"user": "u" * 33}]
)
def test_a_place_that_a_farm_would_refuse_is_refused(place: dict[str, str], clips: Clips, tmp_path: Path) -> None:
    settings = load_settings({"CUEFFMPEG_HOME": str(tmp_path / "home")}, **{"user": "alice", **place})
    with pytest.raises(InputRefused, match=r"\.$"):
        make_spec(SubmitRequest("h264-review", str(clips("h264")), output=str(tmp_path / "o.mp4")), settings)


def test_the_second_job_of_a_name_gets_a_number(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    names = [jobs(clips("h264"), output=str(tmp_path / "o.mp4")).spec.placement.name for _ in range(3)]
    assert names == [f"testing-default-alice_h264{ending}" for ending in ("", "_2", "_3")]


def test_a_comparison_needs_a_reference_and_writes_no_media(clips: Clips, refusal: Any, tmp_path: Path) -> None:
    clip = str(clips("h264"))
    assert "--reference" in refusal(clip, "vmaf-compare")
    assert "takes no output" in refusal(clip, "vmaf-compare", reference=clip, output=str(tmp_path / "o.mp4"))
    assert "takes no reference" in refusal(clip, "h264-review", reference=clip)


def test_a_range_of_a_variable_rate_with_sound_is_refused(
    clips: Clips, refusal: Any, spec: Any, tmp_path: Path
) -> None:
    loud = tmp_path / "loud.mp4"
    sound = ["-i", str(clips("sound_only"))]
    clips.run(["-i", str(clips("variable")), *sound, "-c:v", "copy", "-fps_mode", "passthrough", str(loud)])
    assert "variable frame rate" in refusal(loud, frames="3-9")
    assert spec(loud)
    assert spec(loud, frames="3-9", values={"audio_codec": "none"})
    assert spec(clips("variable"), frames="3-9")


def test_more_channels_than_a_codec_takes_are_refused(clips: Clips, refusal: Any, spec: Any, tmp_path: Path) -> None:
    assert "stream of 12 channels; aac takes 8 at most" in refusal(clips("channels_12"))
    assert spec(clips("channels_12"), values={"audio_codec": "none"})
    assert spec(clips("channels_12"), "prores-422-hq", output=str(tmp_path / "o.mov"))


def test_jobs_for_a_farm_need_a_folder_that_its_hosts_reach(tmp_path: Path) -> None:
    environment = {"CUEFFMPEG_HOME": str(tmp_path), "CUEFFMPEG_FARM": "cuebot:8443"}
    with pytest.raises(InputRefused, match="CUEFFMPEG_JOB_ROOT"):
        job_root(load_settings(environment))
    assert job_root(load_settings({**environment, "CUEFFMPEG_JOB_ROOT": "/jobs"})) == "/jobs"
    assert job_root(load_settings({"CUEFFMPEG_HOME": str(tmp_path)})) == str(tmp_path / "state" / "jobs")
