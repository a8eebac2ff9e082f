# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a bare Linux lacks for the window, by the names one installs."""

import pytest

from cueffmpeg_gui.api import qt_libraries
from cueffmpeg_gui.api.qt_libraries import ALWAYS, ON_X11, missing_packages


@pytest.mark.parametrize(
    ("environment", "needed"),
    [
        ({}, ALWAYS),
        ({"DISPLAY": ":0"}, {**ALWAYS, **ON_X11}),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, ALWAYS),
    ],
)
def test_every_missing_library_is_named_by_its_package(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], needed: dict[str, str]
) -> None:
    monkeypatch.setattr(qt_libraries, "_loads", lambda library: library == "libGL.so.1")
    assert missing_packages(environment) == [package for package in needed.values() if package != "libgl1"]


def test_what_loads_is_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_libraries, "ALWAYS", {"libc.so.6": "libc6", "libnosuch.so.9": "libnosuch9"})
    assert missing_packages({}) == ["libnosuch9"]
