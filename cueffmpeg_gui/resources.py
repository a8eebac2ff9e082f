# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The only accessor of resources/ and plugins/: in a checkout beside the package, in an installation inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(name: str) -> Path:
    """The path of a resource, e.g. "presets" or "demo/bigbuckbunny.mp4"."""
    return _folder("resources") / name


def plugins() -> Path:
    """The folder of the plugins for CueGUI."""
    return _folder("plugins")


def _folder(name: str) -> Path:
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name
