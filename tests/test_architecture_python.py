# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What runs in other Pythons, on render hosts and in CueGUI, keeps to what they have."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from architecture_sources import IN_CUEGUIS_PYTHON, NAME, PACKAGE, PAIRS, SHIMS, SOURCES, imports, room_of
from architecture_tables import IN_CUEGUI, STANDARD_ONLY

# The farm's packages as a bare Python has them not: any name in them is an empty class.
PRETENDED = """
import sys, types
class Pretended(types.ModuleType):
    __path__ = ()
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Exception,), {"__class_getitem__": classmethod(lambda c, n: c)})
class Status:
    UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, NOT_FOUND, UNIMPLEMENTED = range(5)
for name in ("grpc", "opencue", "opencue_proto", "opencue_proto.cue_pb2", "opencue_proto.job_pb2"):
    sys.modules[name] = Pretended(name)
    package, _, part = name.rpartition(".")
    if package:
        setattr(sys.modules[package], part, sys.modules[name])
sys.modules["grpc"].StatusCode = Status
"""


def test_rooms_that_run_on_hosts_use_the_standard_library_only() -> None:
    foreign = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path, name in PAIRS
        if room_of(path) in STANDARD_ONLY
        and name.split(".")[0] not in sys.stdlib_module_names
        and name.split(".")[0] != NAME
    ]
    assert foreign == []


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if room_of(path) in STANDARD_ONLY], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_rooms_that_run_on_hosts_keep_to_python_3_9_syntax(path: Path) -> None:
    ast.parse(path.read_text(), feature_version=(3, 9))


def test_shims_know_cuegui_qt_and_our_window_and_nothing_else() -> None:
    allowed = (f"{NAME}.gui.", f"{NAME}.errors", "cueffmpeg_cuegui", "cuegui", "qtpy")
    wrong = [
        f"{path.name} imports {name}"
        for path in SHIMS
        for name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(allowed)
    ]
    assert wrong == []


def test_only_shims_know_cuegui() -> None:
    assert [str(path) for path, name in PAIRS if name.split(".")[0] == "cuegui"] == []


def test_what_runs_in_cuegui_needs_no_package_that_is_ours() -> None:
    foreign = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in IN_CUEGUIS_PYTHON
        for name in imports(path)
        if name.split(".")[0] not in (*sys.stdlib_module_names, *IN_CUEGUI, NAME)
    }
    assert foreign == set()


@pytest.mark.parametrize("path", [*SHIMS, *IN_CUEGUIS_PYTHON], ids=lambda p: str(p.relative_to(PACKAGE.parent)))
def test_what_runs_in_cuegui_keeps_to_python_3_9(path: Path) -> None:
    tree = ast.parse(path.read_text(), feature_version=(3, 9))
    has_future = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    unions = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr)]
    named = [node for node in unions if isinstance(node.right, ast.Constant) and node.right.value is None]
    assert has_future or not named


def test_python_3_9_really_imports_what_runs_in_cuegui() -> None:
    python = find_python_3_9()
    if python is None:
        pytest.skip("no Python 3.9 is here")
    names = sorted(
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in IN_CUEGUIS_PYTHON
        if room_of(path) != "gui" and path.name != "__init__.py"
    )
    script = PRETENDED + "".join(f"import {name}\n" for name in names)
    answer = subprocess.run(
        [python, "-W", "error", "-c", script], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


def find_python_3_9() -> "str | None":
    found = [shutil.which("python3.9"), *sorted(map(str, Path.home().glob(".pyenv/versions/3.9*/bin/python3.9")))]
    works = (
        one
        for one in found
        if one and subprocess.run([one, "-c", ""], capture_output=True, check=False).returncode == 0
    )
    return next(works, None)
