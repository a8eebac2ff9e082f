# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Settings: site, show, user, environment, what was given; the nearer wins."""

import getpass
from pathlib import Path

import pytest

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.settings import FILE, SETTINGS, find_home, load_settings


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"CUEFFMPEG_HOME": str(tmp_path / "home"), "CUEFFMPEG_SITE": str(tmp_path / "site")}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_defaults_need_no_file(environment: dict[str, str]) -> None:
    settings = load_settings(environment)
    assert {name: settings[name] for name in SETTINGS} == {s.name: s.default for s in SETTINGS.values()}
    assert settings.is_local


def test_the_nearer_level_wins(environment: dict[str, str], tmp_path: Path) -> None:
    levels = [
        lambda: write(tmp_path / "site" / FILE, 'facility = "site"'),
        lambda: write(tmp_path / "site" / "shows" / "testing" / FILE, 'facility = "show"'),
        lambda: write(tmp_path / "home" / "config" / FILE, 'facility = "user"'),
        lambda: environment.update(FACILITY="env"),
        lambda: environment.update(CUEFFMPEG_FACILITY="ours"),
    ]
    for level, expected in zip(levels, ("site", "show", "user", "env", "ours"), strict=True):
        level()
        assert load_settings(environment)["facility"] == expected
    assert load_settings(environment, facility="given")["facility"] == "given"
    assert load_settings(environment, facility=None)["facility"] == "ours"


def test_the_show_whose_settings_count_may_come_from_any_level(environment: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "site" / "shows" / "film" / FILE, 'facility = "of film"')
    assert load_settings(environment, show="film")["facility"] == "of film"
    write(tmp_path / "home" / "config" / FILE, 'show = "film"')
    settings = load_settings(environment)
    assert settings["facility"] == "of film"
    assert ("show", str(tmp_path / "site" / "shows" / "film" / "presets")) in settings.preset_folders


@pytest.mark.parametrize("show", ["../../etc", "a/b", ".."])
def test_a_show_cannot_name_a_folder_elsewhere(show: str, environment: dict[str, str], tmp_path: Path) -> None:
    folders = dict(load_settings(environment, show=show).preset_folders)
    assert Path(folders["show"]).resolve().is_relative_to((tmp_path / "site" / "shows").resolve())


def test_presets_go_from_far_to_near(environment: dict[str, str], tmp_path: Path) -> None:
    levels = [level for level, _ in load_settings(environment).preset_folders]
    assert levels == ["built-in", "site", "show", "user"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("farm = ", "cannot be read"), ("colour = 1", "no key 'colour'"), ("farm = ['a']", "farm"), ("[farm]", "farm"),
     ("farm = true", "farm"), ("\udcff", "cannot be read")],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_with_its_name(
    text: str, reason: str, environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "home" / "config" / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputRefused, match=reason) as refusal:
        load_settings(environment)
    assert str(path) in str(refusal.value)


def test_numbers_may_be_written_as_numbers(environment: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "site" / FILE, "local_cores = 4")
    assert load_settings(environment)["local_cores"] == "4"


def test_an_empty_variable_is_none(environment: dict[str, str]) -> None:
    assert load_settings({**environment, "CUEBOT_HOSTS": ""}).is_local
    assert load_settings({**environment, "CUEBOT_HOSTS": "cuebot:8443"})["farm"] == "cuebot:8443"
    assert load_settings({**environment, "CUEBOT_HOSTS": "other", "CUEFFMPEG_FARM": "local"}).is_local


def test_one_variable_moves_every_place_of_the_user(tmp_path: Path) -> None:
    home = find_home({"CUEFFMPEG_HOME": str(tmp_path)})
    for place in (home.config, home.state, home.presets, home.local_farm, home.jobs):
        assert place.is_relative_to(tmp_path)


def test_a_user_without_a_name_is_asked_for_one(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(InputRefused, match="CUEFFMPEG_USER"):
        _ = load_settings(environment).user
    assert load_settings({**environment, "CUEFFMPEG_USER": "bo"}).user == "bo"
