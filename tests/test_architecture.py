# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The arrows between rooms: who may import whom, and what. A change that fights them is a change of design."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cueffmpeg_gui.api.cuegui.closure import closure

PACKAGE = Path(__file__).parent.parent / "cueffmpeg_gui"
NAME = PACKAGE.name

FACTS = {"sequences", "probe", "pictures"}
# Room → rooms it may import (besides itself).
ARROWS = {
    "__init__": set(),
    "errors": set(),
    "resources": set(),
    "media": {"errors"},
    "jobs": {"errors", "media", "__init__"},
    "worker": {"errors", "media", "jobs"},
    "localfarm": {"errors", "media", "jobs", "__init__"},
    "farm": {"errors", "media", "jobs"},
    "settings": {"errors", "resources"},
    "sequences": {"errors", "media"},
    "probe": {"errors", "media", "sequences"},
    "pictures": {"errors", "media", "sequences", "probe"},
    "report": {"media", "resources", "__init__"},
    "api": {"errors", "media", "jobs", "farm", "localfarm", "settings", *FACTS, "report", "resources", "__init__"},
    "cli": {"errors", "media", "jobs", "settings", *FACTS, "resources", "api", "gui", "__init__"},
    "gui": {"errors", "media", "jobs", "settings", *FACTS, "resources", "api", "__init__"},
    "__main__": {"cli"},
}
# Room → its parts → parts of the same room each may import (besides itself).
API_BASE = {"farm", "ffmpeg", "media", "qt_libraries"}
PARTS = {
    "gui": {
        "common": set(),
        "widgets": {"common"},
        "rows": {"common", "widgets"},
        "curve": {"common", "widgets"},
        "pictures": {"common", "widgets"},
        "submit": {"common", "widgets"},
        "monitor": {"common", "widgets", "rows", "curve"},
        "review": {"common", "widgets", "curve", "pictures"},
        "dock": {"common", "widgets", "rows", "curve"},
        "main_window": {"common"},
        "farm_picker": {"common", "widgets"},
        "pages": {"common", "submit", "monitor", "review", "main_window", "farm_picker"},
        "app": {"common", "widgets", "main_window", "pages"},
    },
    "api": {
        "ffmpeg": set(),
        "media": set(),
        "qt_libraries": set(),
        "farm": {"ffmpeg"},
        "submit": API_BASE,
        "review": API_BASE,
        "monitor": {*API_BASE, "review"},
        "cuegui": set(),
        "doctor": {*API_BASE, "submit"},
    },
    "localfarm": {
        "states": set(),
        "settings": set(),
        "state_file": set(),
        "refusals": set(),
        "control": {"settings", "state_file"},
        "spec": {"states", "refusals"},
        "store": {"spec", "states", "refusals"},
        "run": {"store", "spec", "states", "settings"},
        "rpc": {"run", "store", "spec", "states", "settings", "refusals"},
        "process": {"rpc", "run", "store", "settings", "state_file"},
        "__main__": {"process", "settings", "state_file"},
    },
}
# Feature of the window → the rooms of the api it may ask.
ASKS = {
    "common": {"farm"},
    "rows": {"monitor"},
    "curve": {"monitor", "review"},
    "pictures": {"review"},
    "submit": {"submit"},
    "monitor": {"monitor"},
    "review": {"review", "monitor"},
    "dock": {"monitor"},
}
WITH_WIDGETS = ("qtpy.QtWidgets", "pyqtgraph")
STANDARD_ONLY = {"media", "jobs", "worker", "errors"}
# Package → rooms that may import it.
KEPT = {
    "opencue": {"farm"},
    "outline": {"farm"},
    "opencue_proto": {"farm", "localfarm"},
    "grpc": {"farm", "localfarm"},
    "sqlite3": {"localfarm"},
    "qtpy": {"gui"},
    "pyqtgraph": {"gui"},
    "PySide6": set(),
    "av": {"probe", "pictures"},
    "fileseq": {"sequences"},
    "jinja2": {"report"},
    "threading": {"localfarm", "gui"},
    "concurrent": {"localfarm"},
}
SUBPROCESS_FILES = {"media/run.py", "localfarm/run/process_runner.py", "localfarm/control.py"}
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
HEAVY = ("qtpy", "PySide6", "numpy", "av", "grpc", "outline", "opencue")


# Where anything at all may be caught: outermost places, which turn it into a sentence.
OUTERMOST = {
    "cueffmpeg_gui/cli/app.py",
    "cueffmpeg_gui/worker/main.py",
    "cueffmpeg_gui/gui/common/tasks.py",
    "cueffmpeg_gui/gui/common/session.py",
    "plugins/cueffmpeg_cuegui/guard.py",
}
PLUGINS = PACKAGE.parent / "plugins"
# What CueGUI's own Python has, and the two packages the curve needs, which may be missing there.
IN_CUEGUI = {"qtpy", "grpc", "opencue", "opencue_proto", "numpy", "pyqtgraph"}


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
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


SOURCES = sorted(PACKAGE.rglob("*.py"))
SHIMS = sorted(PLUGINS.rglob("*.py"))
IN_CUEGUIS_PYTHON = sorted(closure(SHIMS, PACKAGE))
PAIRS = [(path, name) for path in SOURCES for name in imports(path)]


def test_rooms_import_only_along_the_arrows() -> None:
    wrong = []
    for path, name in PAIRS:
        if name.split(".")[0] == NAME:
            target = target_of(name)
            room = room_of(path)
            if target != room and target not in ARROWS[room]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[1].removesuffix(".py")


def inner_imports(room: str) -> Iterator[tuple[Path, str, str]]:
    """File, its part and each other part of the same room that it imports."""
    for path, name in PAIRS:
        if room_of(path) == room and name.startswith(f"{NAME}.{room}.") and path.parent != PACKAGE:
            part, target = part_of(path), name.split(".")[2]
            is_part = (PACKAGE / room / target).is_dir() or (PACKAGE / room / f"{target}.py").is_file()
            if is_part and part not in (target, "__init__"):
                yield path, part, target


@pytest.mark.parametrize("room", PARTS)
def test_parts_of_a_room_import_only_along_their_arrows(room: str) -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {target}"
        for path, part, target in inner_imports(room)
        if target not in PARTS[room][part]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", PARTS)
def test_every_part_of_a_room_stands_in_its_table(room: str) -> None:
    parts = {path.stem for path in (PACKAGE / room).iterdir() if path.name[0] != "_" or path.stem == "__main__"}
    assert parts == set(PARTS[room])


def test_a_feature_of_the_window_asks_its_own_room_of_the_api() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path, name in PAIRS
        if room_of(path) == "gui" and name.startswith(f"{NAME}.api.") and part_of(path) in ASKS
        if name.split(".")[2] not in ASKS[part_of(path)]
    ]
    assert wrong == []


def test_models_of_the_window_know_no_widgets() -> None:
    without = [path for path in SOURCES if "models" in path.parts or path.parent == PACKAGE / "gui" / "common"]
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in without
        for name in imports(path)
        if name.startswith(WITH_WIDGETS) or (is_of_the_window(name) and not is_without_widgets(name))
    ]
    assert wrong == []


def is_of_the_window(name: str) -> bool:
    return name.startswith(f"{NAME}.gui.")


def is_without_widgets(name: str) -> bool:
    bits = name.split(".")
    return bits[2] == "common" or bits[3] == "models"


def test_files_of_the_window_have_names_of_their_own() -> None:
    names = [path.name for path in SOURCES if room_of(path) == "gui" and path.name != "__init__.py"]
    assert {name for name in names if names.count(name) > 1} == set()


def test_threads_of_the_window_live_in_one_file() -> None:
    threaded = {str(p.relative_to(PACKAGE)) for p, n in PAIRS if n.split(".")[0] in ("threading", "concurrent")}
    assert {path for path in threaded if path.startswith("gui")} == {"gui/common/tasks.py"}


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


def test_packages_stay_in_their_rooms() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path, name in PAIRS
        if room_of(path) not in KEPT.get(name.split(".")[0], {room_of(path)})
    ]
    assert wrong == []


def test_only_named_places_start_processes() -> None:
    wrong = {
        str(path.relative_to(PACKAGE))
        for path, name in PAIRS
        if name.split(".")[0] == "subprocess" and str(path.relative_to(PACKAGE)) not in SUBPROCESS_FILES
    }
    assert wrong == set()


def test_anything_at_all_is_caught_in_the_outermost_places_only() -> None:
    found = {
        str(path.relative_to(PACKAGE.parent))
        for path in [*SOURCES, *SHIMS]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name) and node.type.id == "Exception"
    }
    assert found <= OUTERMOST


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


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['cueffmpeg', '--help']\n"
        "from cueffmpeg_gui.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


def test_every_file_says_its_licence_and_why_it_exists() -> None:
    for path in SOURCES:
        text = path.read_text()
        assert text.startswith("# SPDX-License-Identifier: Apache-2.0\n# SPDX-FileCopyrightText:"), path
        assert ast.get_docstring(ast.parse(text)), path
