# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Adds a folder to paths.plugins in CueGUI's settings and takes it out again: pure, on texts, and only there.

CueGUI replaces its own list by this one, so a new list begins with its built-in plugins; nothing else of the text is
touched, comments and order survive. What comes out is read again before it is believed.
"""

from dataclasses import dataclass
from typing import Any

import yaml

from cueffmpeg_gui.errors import InputRefused

KEY, BUILT_IN = "paths.plugins", "./plugins"


@dataclass(frozen=True)
class _Place:
    """The list in a text: its node, and where the line of its key begins."""

    node: yaml.SequenceNode
    key_start: int


def listed_folders(text: str, name: str) -> list[str]:
    """The list in a text; empty when it has none. Raises InputRefused for a text that CueGUI could not take either."""
    value = _read(text, name).get(KEY)
    if KEY in _read(text, name) and not isinstance(value, list):
        raise InputRefused(f"{name} has {KEY}, but it is no list, and CueGUI could not start with it; mend it first.")
    return [str(item) for item in value or []]


def has_list(text: str, name: str) -> bool:
    """Whether a text has the list, be it empty."""
    return KEY in _read(text, name)


def with_folder(text: str, folder: str, name: str) -> str:
    """The text with the folder at the end of the list. Raises InputRefused and names the lines when it cannot."""
    before = listed_folders(text, name)
    if folder in before:
        return text
    place = _find(text, name)
    changed = _append(text, place, folder) if place else _add_list(text, folder, name)
    wanted = {**_read(text, name), KEY: [*(before if place else [BUILT_IN]), folder]}
    return _checked(changed, wanted, name, f"add these lines by hand: {KEY}: ['{BUILT_IN}', '{folder}']")


def without_folder(text: str, folder: str, name: str, *, drop_key: bool) -> str:
    """The text without the folder; with `drop_key` also without a list that holds nothing but the built-in ones."""
    before = listed_folders(text, name)
    place = _find(text, name)
    if folder not in before or place is None:
        return text
    rest = [item for item in before if item != folder]
    wanted = {**_read(text, name), KEY: rest}
    if drop_key and rest in ([], [BUILT_IN]):
        del wanted[KEY]
        # CueGUI does not start with a file that holds nothing.
        changed = _without_list(text, place) + ("" if wanted else "{}" + _newline(text))
    elif not rest:
        changed = _without_list(text, place, f"{KEY}: []{_newline(text)}")
    else:
        changed = _cut(text, place.node, folder)
    return _checked(changed, wanted, name, f"take {folder} out of {KEY} by hand")


def _append(text: str, place: _Place, folder: str) -> str:
    node = place.node
    if node.flow_style:
        end = node.end_mark.index - 1
        last = node.value[-1].end_mark.index if node.value else end
        return text[:last] + (", " if node.value else "") + _quoted(folder) + text[last:]
    end = _line_end(text, _last_mark(node))
    line = f"{' ' * node.start_mark.column}- {_quoted(folder)}{_newline(text)}"
    return _ended(text[:end], text) + line + text[end:]


def _add_list(text: str, folder: str, name: str) -> str:
    root = _compose(text, name)
    if root and not root.value:  # "{}", the one way to write settings without any
        text, root = text[: root.start_mark.index] + text[root.end_mark.index :].lstrip(), None
    indent = " " * (root.start_mark.column if root else 0)
    lines = (f"{KEY}:", f"- {BUILT_IN}", f"- {_quoted(folder)}")
    return _ended(text, text) + "".join(f"{indent}{line}{_newline(text)}" for line in lines)


def _without_list(text: str, place: _Place, instead: str = "") -> str:
    indent = text[place.key_start :].partition(KEY[0])[0] if instead else ""
    return text[: place.key_start] + indent + instead + text[_line_end(text, _last_mark(place.node)) :]


def _cut(text: str, node: yaml.SequenceNode, folder: str) -> str:
    for number, item in enumerate(node.value):
        if item.value == folder:
            start, end = item.start_mark.index, item.end_mark.index
            if not node.flow_style:
                return text[: _line_start(text, start)] + text[_line_end(text, end) :]
            if number:
                return text[: node.value[number - 1].end_mark.index] + text[end:]
            following = node.value[1].start_mark.index if len(node.value) > 1 else end
            return text[:start] + text[following:]
    return text


def _find(text: str, name: str) -> "_Place | None":
    root = _compose(text, name)
    found = [pair for pair in (root.value if root else []) if pair[0].value == KEY]
    if not found or not isinstance(found[-1][1], yaml.SequenceNode):
        return None
    key, node = found[-1]
    return _Place(node, _line_start(text, key.start_mark.index))


def _compose(text: str, name: str) -> "yaml.MappingNode | None":
    _read(text, name)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return root if isinstance(root, yaml.MappingNode) else None


def _read(text: str, name: str) -> dict[str, Any]:
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputRefused(f"{name} cannot be read ({_words(error)}); CueGUI could not start with it either.") from None
    if value is not None and not isinstance(value, dict):
        raise InputRefused(f"{name} holds no settings (names and values); CueGUI could not start with it.")
    return value or {}


def _checked(text: str, wanted: dict[str, Any], name: str, way_out: str) -> str:
    try:
        found = yaml.safe_load(text) or {}
    except yaml.YAMLError:
        found = None
    if found != wanted:
        raise InputRefused(f"{name} is written in a way that is not safe to change; {way_out}")
    return text


def _words(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{getattr(error, 'problem', None) or error}" + (f", line {mark.line + 1}" if mark else "")


def _quoted(folder: str) -> str:
    return "'" + folder.replace("'", "''") + "'"


def _last_mark(node: yaml.SequenceNode) -> int:
    # A block list's own end lies behind comments and blank lines that belong to what follows.
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    return int(node.value[-1].end_mark.index)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _ended(part: str, text: str) -> str:
    return part if not part or part.endswith("\n") else part + _newline(text)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1
