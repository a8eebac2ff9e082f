# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The only accessor of resources/: in a checkout beside the package, in an installation inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_resources"


def resource(name: str) -> Path:
    """The path of a resource, e.g. "presets" or "demo/bigbuckbunny.mp4"."""
    root = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"
    return root / name
