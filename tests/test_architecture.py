# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The arrows between rooms: who may import whom, and what. A change that fights them is a change of design."""

import ast
import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from architecture_sources import NAME, PACKAGE, PAIRS, SHIMS, SOURCES, imports, part_of, room_of, target_of
from architecture_tables import ARROWS, ASKS, BELOW_API, HEAVY, KEPT, OUTERMOST, PARTS, SUBPROCESS_FILES, WITH_WIDGETS

from cueffmpeg_gui.jobs.plan import Plan
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.spec_rules import RULES

# Rooms that front ends may use as they like; the rest lies below the api.
OPEN = {"errors", "settings", "resources", "api", "cli", "gui", "__init__"}


def test_rooms_import_only_along_the_arrows() -> None:
    wrong = []
    for path, name in PAIRS:
        if name.split(".")[0] == NAME:
            target = target_of(name)
            room = room_of(path)
            if target != room and target not in ARROWS[room]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def test_front_ends_import_below_the_api_only_what_is_listed() -> None:
    """Both ways: nothing else is imported, and nothing is listed that is not needed any more."""
    found: dict[str, set[str]] = {room: set() for room in BELOW_API}
    for path, name in PAIRS:
        if room_of(path) in BELOW_API and target_of(name) not in OPEN and name.startswith(f"{NAME}."):
            found[room_of(path)].add(".".join(name.split(".")[1:3]))
    assert found == BELOW_API


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
        if room_of(path) == "gui" and name.startswith(f"{NAME}.api")
        if (*name.split("."), "all of it")[2] not in ASKS.get(part_of(path), set())
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


def test_files_stay_short_and_tests_have_names_of_their_own() -> None:
    tests = sorted((PACKAGE.parent / "tests").rglob("*.py"))
    assert [str(path) for path in (*SOURCES, *tests) if len(path.read_text().splitlines()) > 300] == []
    names = [
        path.name for path in tests if path.name.startswith("test_")
    ]  # pytest takes two of one name for one module
    assert {name for name in names if names.count(name) > 1} == set()


def parts_of(kind: Any) -> set[Any]:
    """The dataclasses that a type holds, however deep."""
    inner = {part for argument in get_args(kind) for part in parts_of(argument)}
    if not dataclasses.is_dataclass(kind):
        return inner
    return {kind, *(part for hint in get_type_hints(kind).values() for part in parts_of(hint))}


def test_every_field_of_a_job_document_has_its_rule() -> None:
    """A field that is added to a spec, or to anything in it, says in jobs/spec_rules.py what its values may be."""
    wanted = {kind: {field.name for field in dataclasses.fields(kind)} for kind in parts_of(JobSpec) | parts_of(Plan)}
    assert {kind: set(rules) for kind, rules in RULES.items()} == wanted
