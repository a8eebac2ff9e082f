# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Settings: site file < show file < user file < environment. And where per-user things live."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomllib
from platformdirs import PlatformDirs

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.open_file import SMALL_DOCUMENT, read_limited
from cueffmpeg_gui.resources import resource

FILE = "settings.toml"


@dataclass(frozen=True)
class Setting:
    """One setting: the environment variables that give it (the first set one wins) and what it is for."""

    name: str
    variables: tuple[str, ...]
    default: str
    help: str


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("farm", ("CUEFFMPEG_FARM", "CUEBOT_HOSTS"), "local", "local, or a Cuebot's HOST[:PORT]"),
        Setting("show", ("CUEFFMPEG_SHOW", "SHOW"), "testing", "the show jobs belong to"),
        Setting("shot", ("CUEFFMPEG_SHOT", "SHOT"), "default", "the shot jobs belong to"),
        Setting("user", ("CUEFFMPEG_USER",), "", "the user jobs belong to; unset: the login name"),
        Setting("facility", ("CUEFFMPEG_FACILITY", "FACILITY"), "local", "the facility jobs run in"),
        Setting("job_root", ("CUEFFMPEG_JOB_ROOT",), "", "folder for job folders that the hosts reach too"),
        Setting("ffmpeg", ("CUEFFMPEG_FFMPEG",), "", "ffmpeg of this computer; unset: the one that comes along"),
        Setting(
            "host_ffmpeg", ("CUEFFMPEG_HOST_FFMPEG",), "", "ffmpeg of a farm's hosts; unset: the one in their PATH"
        ),
        Setting("ocio", ("CUEFFMPEG_OCIO", "OCIO"), "", "OpenColorIO config; unset: the ACES one that comes along"),
        Setting("local_cores", ("CUEFFMPEG_LOCAL_CORES",), "", "cores of the local farm; unset: all"),
        Setting("local_keep_days", ("CUEFFMPEG_LOCAL_KEEP_DAYS",), "30", "days an ended job is listed; 0: for ever"),
        Setting("local_keep_jobs", ("CUEFFMPEG_LOCAL_KEEP_JOBS",), "1000", "ended jobs that are listed; 0: all"),
        Setting("local_rqd", ("CUEFFMPEG_LOCAL_RQD",), "rust", "log format of the local farm: rust or python"),
    )
}


@dataclass(frozen=True)
class Home:
    """Where per-user things live. CUEFFMPEG_HOME moves them all."""

    config: Path
    state: Path

    @property
    def presets(self) -> Path:
        """The user's own presets."""
        return self.config / "presets"

    @property
    def local_farm(self) -> Path:
        """Root of the local farm."""
        return self.state / "localfarm"

    @property
    def jobs(self) -> Path:
        """Job folders of the local farm."""
        return self.state / "jobs"

    @property
    def cuegui(self) -> Path:
        """Plugins for CueGUI as they were laid out, and what was done to its settings."""
        return self.state / "cuegui"


@dataclass(frozen=True)
class Settings:
    """All settings, read once for a command. `preset_folders` are (level, folder) from far to near."""

    values: Mapping[str, str]
    home: Home
    preset_folders: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    @property
    def user(self) -> str:
        """The user jobs belong to; raises InputRefused when this computer has no name for them."""
        return self.values["user"] or _login_name()

    @property
    def is_local(self) -> bool:
        """Whether the farm is the embedded one."""
        return self.values["farm"] == "local"


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise InputRefused("This computer has no name for its user; name one in CUEFFMPEG_USER.") from None


def find_home(environment: Mapping[str, str]) -> Home:
    """The per-user places for an environment."""
    moved = environment.get("CUEFFMPEG_HOME")
    if moved:
        root = Path(os.path.abspath(moved))
        return Home(root / "config", root / "state")
    dirs = PlatformDirs("cueffmpeg", appauthor=False)
    return Home(dirs.user_config_path, dirs.user_state_path)


def load_settings(environment: Mapping[str, str] = os.environ, /, **given: str | None) -> Settings:
    """Settings from all levels, with what the caller was given explicitly on top. Raises InputRefused."""
    home = find_home(environment)
    site = Path(environment.get("CUEFFMPEG_SITE", "/etc/cueffmpeg"))
    explicit = {name: value for name, value in given.items() if value is not None}
    values = {setting.name: setting.default for setting in SETTINGS.values()}
    levels = [_read(site / FILE), _read(home.config / FILE), _environment(environment), explicit]
    show = next((level["show"] for level in reversed(levels) if "show" in level), values["show"])
    show_folder = site / "shows" / _folder_name(show)
    levels.insert(1, _read(show_folder / FILE))
    for level in levels:
        values.update(level)
    folders = (
        ("built-in", resource("presets")),
        ("site", site / "presets"),
        ("show", show_folder / "presets"),
        ("user", home.presets),
    )
    return Settings(values, home, tuple((level, str(folder)) for level, folder in folders))


def _folder_name(show: str) -> str:
    return "_" if show in (".", "..") else show.replace("/", "_")


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for setting in SETTINGS.values():
        for variable in reversed(setting.variables):
            if environment.get(variable):
                found[setting.name] = environment[variable]
    return found


def _read(path: Path) -> dict[str, str]:
    try:
        if not path.exists():
            return {}
        data: dict[str, Any] = tomllib.loads(read_limited(str(path), SMALL_DOCUMENT).decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputRefused(f"The settings {path} cannot be read ({error}).") from None
    unknown = sorted(set(data) - set(SETTINGS))
    if unknown:
        raise InputRefused(f"The settings {path} have no key {quoted(unknown[0])}; known are {', '.join(SETTINGS)}.")
    wrong = [name for name, value in data.items() if type(value) not in (str, int)]
    if wrong:
        raise InputRefused(
            f"The settings {path} give {wrong[0]} as {quoted(data[wrong[0]])}; write one text in quotes."
        )
    return {name: str(value) for name, value in data.items()}
