# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What this computer lacks, and the fix: one check a row."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cueffmpeg_gui.api.farm import connect_running
from cueffmpeg_gui.api.ffmpeg import local_ffmpeg
from cueffmpeg_gui.api.qt_libraries import missing_packages
from cueffmpeg_gui.api.submit.request import job_root
from cueffmpeg_gui.errors import CueffmpegError, FarmInTrouble, HostNotFit
from cueffmpeg_gui.jobs.folder import check_safe
from cueffmpeg_gui.jobs.folder_rights import is_open
from cueffmpeg_gui.media.run import run_quietly
from cueffmpeg_gui.settings import Settings

QT_IMPORT = "import qtpy.QtWidgets, sys; print(sys.modules['qtpy'].QT_VERSION)"
NEEDED_GIGABYTES = 1


@dataclass(frozen=True)
class Finding:
    """What one check found; `fix` is empty when nothing is missing."""

    name: str
    found: str
    fix: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing is missing."""
        return not self.fix


def examine(settings: Settings) -> list[Finding]:
    """Runs every check; none of them raises."""
    findings = []
    for name, check in CHECKS.items():
        try:
            findings.append(check(name, settings))
        except CueffmpegError as error:
            findings.append(Finding(name, "missing", str(error)))
    return findings


def _python(name: str, settings: Settings) -> Finding:
    return Finding(name, f"{sys.version.split()[0]} ({sys.executable})")


def _qt(name: str, settings: Settings) -> Finding:
    missing = missing_packages(os.environ)
    if missing:
        fix = f"the window lacks system libraries; on Debian or Ubuntu: apt-get install {' '.join(missing)}"
        return Finding(name, f"{len(missing)} missing", fix)
    result = run_quietly([sys.executable, "-c", QT_IMPORT])
    if result.returncode == 0:
        return Finding(name, f"Qt {result.stdout.decode().strip()}")
    last = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
    return Finding(name, last, "Qt's Python packages do not load; run ./dev again, or install PySide6")


def _ffmpeg(name: str, settings: Settings) -> Finding:
    ffmpeg = local_ffmpeg(settings)
    version = run_quietly([ffmpeg, "-version"]).stdout.decode("utf-8", "replace").split()[:3]
    return Finding(name, f"{' '.join(version[2:])} ({ffmpeg})")


def _listed(kind: str, wanted: str) -> Callable[[str, Settings], Finding]:
    def check(name: str, settings: Settings) -> Finding:
        listed = run_quietly([local_ffmpeg(settings), "-hide_banner", "-v", "error", f"-{kind}"]).stdout.split()
        if wanted.encode() in listed:
            return Finding(name, "there")
        raise HostNotFit(f"this ffmpeg has no {wanted}; unset CUEFFMPEG_FFMPEG to use the one that comes along")

    return check


def _storage(name: str, settings: Settings) -> Finding:
    root = job_root(settings)
    check_safe(root)
    existing = next(path for path in (Path(root), *Path(root).parents) if path.exists())
    if not os.access(existing, os.W_OK):
        return Finding(name, root, f"{existing} cannot be written; name another folder in CUEFFMPEG_JOB_ROOT")
    if is_open(root):
        return Finding(name, root, f"every user can put another folder in a job's place; run: chmod +t {root}")
    free = shutil.disk_usage(existing).free // 10**9
    fix = f"less than {NEEDED_GIGABYTES} GB is free; make room" if free < NEEDED_GIGABYTES else ""
    return Finding(name, f"{root}, {free} GB free", fix)


def _farm(name: str, settings: Settings) -> Finding:
    try:
        connection = connect_running(settings)
    except FarmInTrouble as error:
        return Finding(name, "answers, but cannot work", str(error))
    if connection is None:
        return Finding(name, "local farm, not running; it starts with the first job")
    return Finding(name, f"answers at {connection.address}")


CHECKS: dict[str, Callable[[str, Settings], Finding]] = {
    "Python": _python,
    "Qt libraries": _qt,
    "ffmpeg": _ffmpeg,
    "libvmaf": _listed("filters", "libvmaf"),
    "x264": _listed("encoders", "libx264"),
    "storage": _storage,
    "farm": _farm,
}
