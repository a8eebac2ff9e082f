# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Before submitting: looks at sources, what lies beside them, names of outputs, the user's presets, estimates."""

import json
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from clips import Clips, picture

from cueffmpeg_gui.api.submit.estimate import estimate_seconds
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.source_info import (
    NAMING,
    check_place,
    check_reference,
    check_source,
    demo_source,
    name_output,
    placed,
    read_source,
)
from cueffmpeg_gui.api.submit.sources import find_sources
from cueffmpeg_gui.api.submit.submit import prepare
from cueffmpeg_gui.api.submit.user_presets import (
    changed_preset,
    delete_preset,
    export_preset,
    import_preset,
    read_presets,
    save_preset,
)
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.presets import Preset
from cueffmpeg_gui.probe import read_thumbnail
from cueffmpeg_gui.settings import Settings, load_settings


@pytest.fixture
def settings() -> Settings:
    return load_settings(user="alice")


@pytest.fixture
def review(settings: Settings) -> Preset:
    return read_presets(settings)["h264-review"]


def test_a_look_gives_facts_and_a_small_picture(clips: Clips) -> None:
    look = read_source(str(clips("prores")))
    assert (look.stem, look.wants_rate, look.facts.video.frames) == ("prores", False, 24)
    assert look.thumbnail
    assert (look.thumbnail.width, look.thumbnail.height) == (160, 90)
    assert len(look.thumbnail.rgb) == 160 * 90 * 3


@pytest.mark.parametrize(
    ("name", "size", "rotation"), [("turned", (90, 51), 90), ("anamorphic", (160, 84), 0), ("tiny", (90, 90), 0)]
)
def test_a_thumbnail_keeps_the_shape_of_what_is_shown(
    name: str, size: tuple[int, int], rotation: int, clips: Clips
) -> None:
    small = read_source(str(clips(name))).thumbnail
    assert small
    assert ((small.width, small.height), small.rotation % 180) == (size, rotation % 180)


def test_no_picture_is_no_trouble(clips: Clips, tmp_path: Path) -> None:
    assert read_thumbnail(str(clips("sound_only")), Fraction(0), (160, 90)) is None
    assert read_thumbnail(str(tmp_path / "gone.mov"), Fraction(0), (160, 90)) is None


def test_a_sequence_is_looked_at_without_a_rate(clips: Clips, tmp_path: Path) -> None:
    look = read_source(clips.sequence(tmp_path / "dpx", picture(6, size="64x48")))
    assert look.wants_rate
    assert look.facts.video.rate == 0
    assert look.thumbnail
    check_source(look)


def test_damage_is_found_when_the_source_is_checked(clips: Clips) -> None:
    look = read_source(str(clips("scratched")))
    with pytest.raises(InputRefused, match="damaged"):
        check_source(look)


def test_a_clip_that_changed_is_looked_at_anew(clips: Clips, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    shutil.copy(clips("h264"), clip)
    assert read_source(str(clip)).facts.video.frames == 48
    shutil.copy(clips("long_gop"), clip)
    assert read_source(str(clip)).facts.video.frames == 60


def test_what_lies_beside_is_found(clips: Clips, tmp_path: Path) -> None:
    for name, clip in (("sh010.mp4", "h264"), ("sh010.wav", "sound_only"), ("sh010_web.mp4", "h264")):
        shutil.copy(clips(clip), tmp_path / name)
    look = read_source(str(tmp_path / "sh010.mp4"))
    assert (look.sounds, look.clips) == ((str(tmp_path / "sh010.wav"),), (str(tmp_path / "sh010_web.mp4"),))


def test_dropped_things_become_one_source_each(clips: Clips, tmp_path: Path) -> None:
    clips.sequence(tmp_path / "dpx", picture(4, size="64x48"))
    clip = Path(shutil.copy(clips("h264"), tmp_path / "a.mp4"))
    files = sorted((tmp_path / "dpx").iterdir())
    name = f"{tmp_path}/dpx/shot.1001-1004#.dpx"
    assert find_sources(map(str, [*files, clip])) == (name, str(clip))
    assert find_sources([str(tmp_path / "dpx"), str(clip), str(clip)]) == (name, str(clip))
    assert find_sources([f"{tmp_path}/dpx/shot.1002-1003#.dpx"]) == (f"{tmp_path}/dpx/shot.1002-1003#.dpx",)


def test_what_cannot_be_told_apart_stays_to_be_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert find_sources([str(tmp_path / "empty"), str(tmp_path / "gone.dpx")]) == (
        str(tmp_path / "empty"),
        str(tmp_path / "gone.dpx"),
    )


def test_outputs_are_named_by_the_template(clips: Clips, review: Preset) -> None:
    look = read_source(str(clips("h264")))
    folder = clips.folder
    assert name_output(NAMING, look, review) == f"{folder}/h264_h264-review.mp4"
    assert name_output("out/{folder}_{stem}", look, review) == f"{folder}/out/{folder.name}_h264.mp4"
    assert name_output("/x/{stem}", look, review, {"/x/h264.mp4", "/x/h264_2.mp4"}) == "/x/h264_3.mp4"


@pytest.mark.parametrize("template", ["{nothing}", "{", "{0}", "", " ", "{stem.x}", "{stem[x]}", "a\0b", "{preset!z}"])
def test_a_template_that_names_nothing_is_refused(template: str, clips: Clips, review: Preset) -> None:
    with pytest.raises(InputRefused, match="template"):
        name_output(template, read_source(str(clips("h264"))), review)


def test_a_place_is_free_or_taken_or_refused(clips: Clips, review: Preset, tmp_path: Path) -> None:
    source = str(clips("h264"))
    assert not check_place(str(tmp_path / "a.mp4"), review, source)
    (tmp_path / "a.mp4").write_text("x")
    assert check_place(str(tmp_path / "a.mp4"), review, source)
    with pytest.raises(InputRefused, match="itself"):
        check_place(source, review, source)


def test_a_reference_must_go_with_its_encode(clips: Clips) -> None:
    look = read_source(str(clips("bframes")))
    assert check_reference(str(clips("h264")), look, None).video.frames == 48
    strict = Preset("strict", 1, "compare", "", "", {"length": "strict", "models": ("vmaf_v0.6.1",)})
    with pytest.raises(InputRefused, match="60"):
        check_reference(str(clips("long_gop")), look, None, strict)


def test_another_show_brings_its_own_presets(settings: Settings, review: Preset, home: Path) -> None:
    folder = home / "site" / "shows" / "robots" / "presets"
    folder.mkdir(parents=True)
    export_preset(replace(review, title="Robots"), str(folder / "h264-review.json"))
    assert placed(settings, shot="sh010")["shot"] == "sh010"
    assert read_presets(placed(settings, show="robots"))["h264-review"].level == "show"
    assert placed(settings, show="robots").user == "alice"


def test_a_user_preset_is_saved_raised_and_deleted(settings: Settings, review: Preset) -> None:
    made = changed_preset(review, "mine", "Mine", "For me.", {**review.values, "crf": 20})
    assert save_preset(made, settings).version == 1
    assert save_preset(made, settings).version == 2
    found = read_presets(settings)["mine"]
    assert (found.level, found.values["crf"], found.title) == ("user", 20, "Mine")
    delete_preset("mine", settings)
    assert "mine" not in read_presets(settings)


def test_one_of_a_built_in_name_hides_it_until_it_is_deleted(settings: Settings, review: Preset) -> None:
    save_preset(review, settings)
    assert read_presets(settings)["h264-review"].level == "user"
    delete_preset("h264-review", settings)
    assert read_presets(settings)["h264-review"].level == "built-in"
    with pytest.raises(InputRefused, match="no preset of yours"):
        delete_preset("h264-review", settings)


def test_a_preset_travels_as_a_file(settings: Settings, review: Preset, tmp_path: Path) -> None:
    path = export_preset(review, str(tmp_path / "theirs.json"))
    assert json.loads(Path(path).read_text())["name"] == "theirs"
    assert import_preset(path, settings).name == "theirs"
    with pytest.raises(InputRefused, match="already"):
        import_preset(path, settings)


@pytest.mark.parametrize("name", ["", "Mine", "a/b", "../x", "a b"])
def test_a_name_that_no_preset_can_have_is_refused_and_writes_nothing(
    name: str, settings: Settings, review: Preset
) -> None:
    with pytest.raises(InputRefused, match="name"):
        save_preset(replace(review, name=name), settings)
    assert not settings.home.presets.exists()


def test_a_preset_folder_that_cannot_be_written_is_named(settings: Settings, review: Preset, home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "presets").write_text("a file where the folder belongs")
    with pytest.raises(InputRefused, match="cannot be saved"):
        save_preset(review, settings)


def test_the_demo_clip_gets_a_place_of_its_own(settings: Settings, home: Path) -> None:
    path = demo_source(settings)
    assert Path(path).is_relative_to(home)
    assert demo_source(settings) == path
    assert read_source(path).facts.video.frames > 0


def test_more_cores_are_estimated_to_be_faster_and_a_farm_is_faster_in_chunks(clips: Clips, settings: Settings) -> None:
    def seconds(chunk: str, **values: str) -> float:
        chosen = replace(settings, values={**settings.values, "job_root": "/jobs", **values})
        prepared = prepare(SubmitRequest("h264-review-vmaf", str(clips("late_click")), chunk=chunk), chosen)
        return estimate_seconds(prepared.spec, prepared.plan, chosen)

    assert seconds("none", local_cores="4") < seconds("none", local_cores="1")
    assert seconds("24", farm="cuebot") != seconds("none", farm="cuebot")
