# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Presets: those that come along, those people write, and what is not one."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.codecs import CODECS
from cueffmpeg_gui.media.parameters import PARAMETERS, read_value
from cueffmpeg_gui.media.presets import (
    SCHEMA,
    Preset,
    check_preset,
    find_preset,
    load_presets,
    output_extensions,
    read_preset,
    with_settings,
    write_preset,
)
from cueffmpeg_gui.resources import resource

BUILT_IN = load_presets([("built-in", str(resource("presets")))])
REVIEW = BUILT_IN["h264-review"]
EXPECTED = {
    "h264-review", "h264-web", "h264-proxy", "h265-review", "prores-422-hq", "vmaf-compare", "vmaf-compare-4k",
    "h264-review-vmaf",
}  # fmt: skip


def document(**changes: Any) -> dict[str, Any]:
    plain = {"name": "mine", "version": 1, "kind": "encode", "title": "Mine", "description": "", "values": {"crf": 20}}
    return {"schema": SCHEMA, **plain, **changes}


def write(folder: Path, **changes: Any) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    plain = document(**changes)
    path = folder / f"{plain['name']}.json"
    path.write_text(json.dumps(plain))
    return str(path)


def test_the_promised_presets_come_along() -> None:
    assert set(BUILT_IN) >= EXPECTED
    assert {preset.level for preset in BUILT_IN.values()} == {"built-in"}


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_a_preset_that_comes_along_is_whole(name: str) -> None:
    preset = BUILT_IN[name]
    assert preset.title
    assert preset.description.endswith(".")
    assert check_preset(preset, name) == preset
    if "encode" in preset.steps:
        assert output_extensions(preset.values)


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_presets_go_round_through_a_file(name: str, tmp_path: Path) -> None:
    preset = BUILT_IN[name]
    assert read_preset(write_preset(preset, str(tmp_path)), "built-in") == preset


presets = st.builds(
    Preset,
    name=st.just("mine"),
    kind=st.just("encode"),
    values=st.fixed_dictionaries(
        {"crf": st.floats(0, 51)},
        optional={
            "gop": st.integers(1, 1000),
            "speed": st.sampled_from(CODECS["h264"].speeds),
            "pix_fmt": st.sampled_from(CODECS["h264"].pix_fmts),
        },
    ),
    level=st.just("user"),
)


@given(preset=presets)
def test_any_preset_goes_round(preset: Preset, tmp_path_factory: pytest.TempPathFactory) -> None:
    checked = check_preset(preset, "test")
    assert read_preset(write_preset(checked, str(tmp_path_factory.mktemp("p"))), "user") == checked


def test_of_one_name_the_nearer_wins_and_is_labelled(tmp_path: Path) -> None:
    folders = [(level, str(tmp_path / level)) for level in ("built-in", "site", "show", "user")]
    for number, (_, folder) in enumerate(folders[:3]):
        write(Path(folder), values={"crf": 20 + number})
    found = load_presets(folders)["mine"]
    assert (found.level, found.values["crf"]) == ("show", 22)


def test_a_broken_file_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(InputRefused, match=r"broken\.json"):
        load_presets([("user", str(tmp_path))])


def test_other_files_and_missing_folders_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert load_presets([("site", str(tmp_path / "gone")), ("user", str(tmp_path))]) == {}


def test_two_files_of_one_level_cannot_claim_one_name(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "other.json").write_text(json.dumps(document(values={"crf": 40})))
    with pytest.raises(InputRefused, match=r"other\.json.*mine"):
        load_presets([("user", str(tmp_path))])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"name": "Bad Name"}, "preset name"), ({"name": "mine\n"}, "preset name"), ({"name": "../x"}, "preset name"),
     ({"kind": "join"}, "kind is 'join'"), ({"version": "1"}, "version"), ({"extra": 1}, "unknown keys"),
     ({"values": {"crf": 52}}, "crf is 52"), ({"values": {"crf": -1}}, "crf is -1"), ({"values": {}}, "either crf"),
     ({"values": {"crf": 20, "bitrate": "8M"}}, "not both"), ({"values": {"crf": True}}, "crf is True"),
     ({"values": {"crf": 20, "two_pass": True}}, "two_pass needs a bitrate"),
     ({"values": {"crf": 20, "pix_fmt": "rgb24"}}, "pix_fmt is 'rgb24'"),
     ({"values": {"crf": 20, "profile": "hq"}}, "profile has no meaning for codec h264"),
     ({"values": {"crf": 20, "models": ["vmaf_v0.6.1"]}}, "models has no meaning in a preset of kind encode"),
     ({"values": {"codec": "prores", "crf": 20}}, "crf has no meaning for codec prores"),
     ({"values": {"codec": "vp9"}}, "codec is 'vp9'"), ({"values": {"crf": 20, "gop": 1.5}}, "gop is 1.5"),
     ({"values": {"crf": 20, "gop": 10**400}}, "gop is"), ({"values": {"crf": [1]}}, "crf is"),
     ({"values": {"bitrate": "8M\n"}}, "bit rate"), ({"values": {"bitrate": "0M"}}, "bit rate"),
     ({"values": {"bitrate": 8}}, "bit rate"), ({"values": {"crf": 20, "audio_codec": "pcm"}}, "audio_codec"),
     ({"kind": "compare", "values": {"metrics": "psnr,nope"}}, "metrics"),
     ({"kind": "compare", "values": {"metrics": [["psnr"]]}}, "metrics"),
     ({"kind": "compare", "values": {"metrics": 5}}, "metrics"),
     ({"kind": "compare", "values": {"models": ["vmaf_b_v0.6.3"]}}, "models")],
)  # fmt: skip
def test_what_is_no_preset_is_refused_with_the_files_name(changes: dict[str, Any], reason: str, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(document(**changes)))
    with pytest.raises(InputRefused, match=reason) as refusal:
        read_preset(str(path), "user")
    assert str(path) in str(refusal.value)
    assert str(refusal.value).endswith(".")


@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4))
def test_any_value_of_any_key_is_taken_or_refused(value: Any) -> None:
    for name in PARAMETERS:
        try:
            taken = read_value(name, value, "test")
        except InputRefused:
            continue
        assert read_value(name, taken, "test") == taken


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("crff", "crf"), ("max_hight", "max_height"), ("audio-codec", "audio_codec"), ("modles", "models")],
)
def test_a_mistyped_key_is_answered_with_the_one_meant(typed: str, meant: str) -> None:
    with pytest.raises(InputRefused, match=f"Did you mean '{meant}'"):
        with_settings(REVIEW, {typed: "1"})


def test_an_unlike_key_is_answered_with_all_keys() -> None:
    with pytest.raises(InputRefused, match=r"Known keys: codec, crf"):
        with_settings(REVIEW, {"zzzzzz": "1"})


def test_a_mistyped_preset_is_answered_with_the_one_meant() -> None:
    with pytest.raises(InputRefused, match="Did you mean 'h264-review'"):
        find_preset(BUILT_IN, "h264_review")
    with pytest.raises(InputRefused, match="There are: dpx-h264, "):
        find_preset(BUILT_IN, "zzz")


def test_settings_are_typed_text() -> None:
    values = with_settings(REVIEW, {"crf": "23.5", "gop": "48", "cores": "4"}).values
    assert (values["crf"], values["gop"], values["cores"]) == (23.5, 48, 4)


def test_a_bit_rate_takes_the_place_of_constant_quality_and_back() -> None:
    by_rate = with_settings(REVIEW, {"bitrate": "8M", "two_pass": "yes"})
    assert "crf" not in by_rate.values
    back = with_settings(by_rate, {"crf": "20"})
    assert "bitrate" not in back.values
    assert not back.values["two_pass"]


@pytest.mark.parametrize("order", [("crf", "bitrate"), ("bitrate", "crf")])
def test_asking_for_both_is_refused_in_any_order(order: tuple[str, str]) -> None:
    asked = {"crf": "20", "bitrate": "8M"}
    with pytest.raises(InputRefused, match="not both"):
        with_settings(REVIEW, {name: asked[name] for name in order})


def test_a_codec_says_itself_which_quality_speed_and_profile_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = dataclasses.replace(CODECS["h264"], quality=(10, 30), speeds=("slow",))
    monkeypatch.setitem(CODECS, "h264", narrow)
    for values, sentence in (
        ({"crf": 40}, "p: crf is 40, but for h264 it must be a number from 10 to 30."),
        ({"crf": 20, "speed": "fast"}, "p: speed is 'fast', but for h264 it must be one of slow."),
    ):
        with pytest.raises(InputRefused) as refused:
            check_preset(Preset("p", 1, "encode", "P", "", {"codec": "h264", **values}), "p")
        assert str(refused.value) == sentence
    assert check_preset(Preset("p", 1, "encode", "P", "", {"codec": "h264", "crf": 20, "speed": "slow"}), "p").values
