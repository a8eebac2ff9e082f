# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Installing the plugins in CueGUI and undoing it: exactly, again and again, and when others wrote in between."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cueffmpeg_gui.api.cuegui import folder as cuegui_folder
from cueffmpeg_gui.api.cuegui.find_cuegui import CueGui, find_python
from cueffmpeg_gui.api.cuegui.folder import SITE, plugin_folder, write_plugin_folder
from cueffmpeg_gui.api.cuegui.install import Start, install, plan_start, status, uninstall
from cueffmpeg_gui.api.cuegui.packages import missing_packages, pip_command
from cueffmpeg_gui.api.cuegui.settings import BACKUP
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.settings import Home, load_settings

MINE = "# mine\nstyle.font.size: 12 # big\n"


class Desk:
    """A person's home with its CueGUI settings."""

    def __init__(self, place: Path) -> None:
        self.home: Home = load_settings({"CUEFFMPEG_HOME": str(place / "ours")}).home
        self.environment = {"HOME": str(place), "PATH": "", "LANG": "C"}
        self.settings = place / ".config" / "opencue" / "cuegui.yaml"

    def has(self, text: str) -> None:
        self.settings.parent.mkdir(parents=True, exist_ok=True)
        self.settings.write_text(text)

    def files(self) -> list[Path]:
        place = Path(self.environment["HOME"])
        return sorted(path for path in place.rglob("*") if path.is_file())

    def install(self) -> list[str]:
        return install(self.home, self.environment, None)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("PATH", "")
    return Desk(tmp_path)


def folders(path: Path) -> list[str]:
    return list(yaml.safe_load(path.read_text())["paths.plugins"])


@pytest.mark.parametrize("text", [None, "", MINE, "paths.plugins: []\n", "paths.plugins:\n- ./plugins\n- /site\n"])
def test_installed_and_removed_everything_is_as_it_was_to_the_byte(desk: Desk, text: "str | None") -> None:
    if text is not None:
        desk.has(text)
    before = {path: path.read_bytes() for path in desk.files()}
    desk.install()
    assert folders(desk.settings)[-1] == str(plugin_folder(desk.home))
    uninstall(desk.home)
    assert {path: path.read_bytes() for path in desk.files()} == before


def test_the_file_from_before_is_kept_as_long_as_the_plugins_are_there(desk: Desk) -> None:
    desk.has(MINE)
    desk.install()
    desk.install()
    assert Path(f"{desk.settings}{BACKUP}").read_text() == MINE


def test_installing_again_changes_nothing(desk: Desk) -> None:
    desk.has(MINE)
    desk.install()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in desk.files()}
    assert "already" in desk.install()[0]
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in desk.files()} == before


def test_settings_written_anew_in_between_lose_the_plugins_alone(desk: Desk) -> None:
    desk.has(MINE)
    desk.install()
    desk.settings.write_text(yaml.safe_dump({**yaml.safe_load(desk.settings.read_text()), "added": "later"}))
    said = uninstall(desk.home)
    assert yaml.safe_load(desk.settings.read_text()) == {"style.font.size": 12, "added": "later"}
    assert "others have changed since" in said[0]


def test_settings_that_vanished_in_between_are_no_trouble(desk: Desk) -> None:
    desk.install()
    desk.settings.unlink()
    uninstall(desk.home)
    assert not status(desk.home, desk.environment, None).is_listed


def test_settings_that_broke_in_between_are_left_alone_and_named(desk: Desk) -> None:
    desk.install()
    desk.settings.write_text("a: [")
    with pytest.raises(InputRefused, match=r"cuegui\.yaml cannot be read"):
        uninstall(desk.home)
    assert desk.settings.read_text() == "a: ["


@pytest.mark.parametrize("text", ["a: [", "paths.plugins: /x\n"])
def test_settings_that_cannot_be_read_are_refused_and_nothing_is_written(desk: Desk, text: str) -> None:
    desk.has(text)
    before = desk.files()
    with pytest.raises(InputRefused):
        desk.install()
    assert desk.files() == before


def test_an_update_takes_the_place_of_the_older_version(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.has(MINE)
    desk.install()
    monkeypatch.setattr("cueffmpeg_gui.__version__", "9.9.9")
    desk.install()
    assert [Path(one).name for one in folders(desk.settings)] == ["plugins", "9.9.9"]
    uninstall(desk.home)
    assert desk.settings.read_text() == MINE


def test_settings_named_in_the_environment_are_the_ones(desk: Desk, tmp_path: Path) -> None:
    named = tmp_path / "site.yaml"
    named.write_text(MINE)
    desk.environment["CUEGUI_CONFIG_FILE"] = str(named)
    desk.install()
    assert str(plugin_folder(desk.home)) in folders(named)
    assert not desk.settings.exists()


def test_installed_elsewhere_it_says_so_instead_of_losing_track(desk: Desk, tmp_path: Path) -> None:
    desk.install()
    (tmp_path / "site.yaml").write_text("")
    desk.environment["CUEGUI_CONFIG_FILE"] = str(tmp_path / "site.yaml")
    with pytest.raises(InputRefused, match="cueffmpeg cuegui uninstall"):
        desk.install()


def test_one_start_changes_no_file_of_the_user(desk: Desk) -> None:
    desk.has(MINE)
    before = [path for path in desk.files() if "ours" not in str(path)]
    plan = plan_start(desk.home, desk.environment, sys.executable, "cuetopia")
    assert isinstance(plan, Start)
    assert [path for path in desk.files() if "ours" not in str(path)] == before
    started = Path(plan.environment["CUEGUI_CONFIG_FILE"])
    assert started.read_text().startswith(MINE)
    assert folders(started) == ["./plugins", str(plugin_folder(desk.home))]


def test_a_start_without_a_cuegui_says_what_to_name(desk: Desk) -> None:
    with pytest.raises(InputRefused, match="--python PYTHON"):
        plan_start(desk.home, desk.environment, None, "cuetopia")


def test_status_of_nothing(desk: Desk) -> None:
    found = status(desk.home, desk.environment, None)
    assert (found.is_listed, found.version, found.cuegui, found.trouble) == (False, "", None, "")


def test_a_python_without_cuegui_is_named(desk: Desk) -> None:
    assert "has no CueGUI" in status(desk.home, desk.environment, sys.executable).trouble


def test_the_folder_stands_alone_and_knows_its_program(desk: Desk) -> None:
    folder = write_plugin_folder(desk.home)
    notes = json.loads((folder / "plugin.json").read_text())
    assert notes["program"] == [sys.executable, "-m", "cueffmpeg_gui"]
    assert sorted(path.name for path in folder.glob("*.py")) == ["cueffmpeg_plugin.py"]
    code = "import cueffmpeg_gui.api.monitor.cuegui_jobs as m; print(m.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, check=False, env=environment, cwd="/", capture_output=True, text=True)
    assert Path(answer.stdout.strip()).is_relative_to(folder), answer.stderr


def test_a_newer_content_replaces_the_folder_and_keeps_its_packages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_plugin_folder(desk.home)
    (folder / SITE / "cpython-311").mkdir(parents=True)
    monkeypatch.setattr(cuegui_folder, "_contents", lambda: {"cueffmpeg_plugin.py": b"# newer\n"})
    assert write_plugin_folder(desk.home) == folder
    assert (folder / "cueffmpeg_plugin.py").read_text() == "# newer\n"
    assert (folder / SITE / "cpython-311").is_dir()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def cuegui(qt: str, *found: str) -> CueGui:
    return CueGui("/py", "1.37.0", (3, 11, 7), "cpython-311", qt, ("cuegui", *found))


@pytest.mark.parametrize(
    ("gui", "lacks"),
    [
        (cuegui("6.5.3"), ("numpy<2", "pyqtgraph", "colorama")),
        (cuegui("6.8.2.1"), ("numpy", "pyqtgraph", "colorama")),
        (cuegui("6.5.3", "numpy", "colorama"), ("pyqtgraph",)),
        (cuegui("6.10.1", "numpy", "pyqtgraph"), ()),
    ],
)
def test_only_what_cuegui_lacks_is_brought_and_it_fits_its_qt(gui: CueGui, lacks: tuple[str, ...]) -> None:
    assert gui.lacking == lacks


def test_packages_go_beside_the_plugins_and_nowhere_else(tmp_path: Path) -> None:
    gui = cuegui("6.8.2.1")
    command = pip_command(tmp_path, gui, gui.lacking)
    assert command[command.index("--target") + 1] == str(tmp_path / SITE / "cpython-311")
    assert "--no-deps" in command
    for name in ("numpy", "pyqtgraph", "colorama"):
        (tmp_path / SITE / "cpython-311" / name).mkdir(parents=True)
    assert missing_packages(tmp_path, gui) == ()


SCRIPTS = {
    "plain": ("#!/studio/bin/python3.11\nimport re\n", "/studio/bin/python3.11"),
    "long path": ("#!/bin/sh\n'''exec' \"/studio/a b/bin/python\" \"$0\" \"$@\"\n' '''\n", "/studio/a b/bin/python"),
    "wrapper": ("#!/bin/bash\nexec rez env cuegui -- cuetopia\n", None),
}


@pytest.mark.parametrize(("text", "python"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_in_path_tells_its_python(
    text: str, python: "str | None", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "cuetopia"
    script.write_text(text)
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("cueffmpeg_gui.api.cuegui.find_cuegui.find_spec", lambda name: None)
    assert find_python(None) == python
