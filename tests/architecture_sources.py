# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The program's files and what they import, read and not run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from cueffmpeg_gui.api.cuegui.closure import closure

PACKAGE = Path(__file__).parent.parent / "cueffmpeg_gui"
NAME = PACKAGE.name
PLUGINS = PACKAGE.parent / "plugins"


def room_of(path: Path) -> str:
    """The room a file lies in."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """What a file imports, each name with its module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def target_of(name: str) -> str:
    """The room that an import of ours names."""
    _, _, rest = name.partition(".")
    target = rest.split(".")[0]
    is_room = target and ((PACKAGE / target).is_dir() or (PACKAGE / f"{target}.py").is_file())
    return target if is_room else "__init__"


def part_of(path: Path) -> str:
    """The part of its room that a file belongs to."""
    return path.relative_to(PACKAGE).parts[1].removesuffix(".py")


SOURCES = sorted(PACKAGE.rglob("*.py"))
SHIMS = sorted(PLUGINS.rglob("*.py"))
IN_CUEGUIS_PYTHON = sorted(closure(SHIMS, PACKAGE))
PAIRS = [(path, name) for path in SOURCES for name in imports(path)]
