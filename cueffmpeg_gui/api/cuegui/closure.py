# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What of this package some files need, directly or not: their imports, read and not run."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path


def closure(files: Iterable[Path], package: Path) -> set[Path]:
    """The package's files that `files` import, directly or not, with the __init__ of every room on the way."""
    found: set[Path] = set()
    waiting = [target for file in files for target in _targets(file, package)]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += _targets(file, package)
    return found


def imported_names(file: Path) -> Iterator[str]:
    """Every module a file imports, and every name it imports from one, with dots."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _targets(file: Path, package: Path) -> Iterator[Path]:
    for name in imported_names(file):
        head, *rest = name.split(".")
        if head == package.name:
            yield from _files_of(rest, package)


def _files_of(parts: list[str], package: Path) -> Iterator[Path]:
    place = package
    yield place / "__init__.py"
    for part in parts:
        if (place / f"{part}.py").is_file():
            yield place / f"{part}.py"
            return
        place = place / part
        if not (place / "__init__.py").is_file():
            return
        yield place / "__init__.py"
