# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Job spec text → checked tree. Verdicts and messages are those of Cuebot's validating parser, in document order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from cueffmpeg_gui.localfarm.refusals import SpecRefused
from cueffmpeg_gui.localfarm.spec.grammar import DTD_URL, ELEMENTS, NAME_TOKEN

_WELL_FORMEDNESS = {
    "syntax error": "Content is not allowed in prolog.",
    "no element found": "Premature end of file.",
    "junk after document element": "Content is not allowed in trailing section.",
}


@dataclass
class Node:
    """One element: attributes, its characters, its children."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def child(self, name: str) -> Node | None:
        return next((node for node in self.children if node.name == name), None)

    def all(self, name: str) -> list[Node]:
        return [node for node in self.children if node.name == name]

    def value(self, name: str) -> str | None:
        """Trimmed text of a child, None if there is no such child."""
        node = self.child(name)
        return None if node is None else node.trimmed()

    def trimmed(self) -> str:
        return self.text.strip("".join(map(chr, range(33))))


def read_spec(text: str) -> Node:
    """Root element of a job spec. Raises SpecRefused with the line and what is wrong there."""
    return _Reader().read(text)


class _Reader:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._open: list[Node] = []
        self._root: Node | None = None
        self._doctype_root: str | None = None

    def read(self, text: str) -> Node:
        try:
            self._parser.Parse(text.encode("utf-8"), True)
        except expat.ExpatError as error:
            self._refuse(self._malformed(error), error.lineno)
        assert self._root is not None  # expat refuses a document without a root
        return self._root

    def _malformed(self, error: expat.ExpatError) -> str:
        reason = expat.ErrorString(error.code)
        if reason == "mismatched tag" and self._open:
            name = self._open[-1].name
            return f'The element type "{name}" must be terminated by the matching end-tag "</{name}>".'
        return _WELL_FORMEDNESS.get(reason, reason)

    def _doctype(self, name: str, system_id: str | None, _public_id: str | None, _internal: int) -> None:
        if not DTD_URL.fullmatch(system_id or ""):
            self._refuse(f'the job spec names "{system_id}", which is no known version of the spec language.')
        self._doctype_root = name

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and self._doctype_root is None:
            self._refuse("Document is invalid: no grammar found.")
        if not self._open and name != self._doctype_root:
            self._refuse(f'Document root element "{name}", must match DOCTYPE root "{self._doctype_root}".')
        self._check_attributes(name, attributes)
        node = Node(name, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self._root = node
        self._open.append(node)

    def _check_attributes(self, name: str, attributes: dict[str, str]) -> None:
        rule = ELEMENTS.get(name)
        if rule is None:
            self._refuse(f'Element type "{name}" must be declared.')
        for key, value in attributes.items():
            known = rule.attributes.get(key)
            if known is None:
                self._refuse(f'Attribute "{key}" must be declared for element type "{name}".')
            if known.choices and value not in known.choices:
                listed = " ".join(known.choices)
                self._refuse(f'Attribute "{key}" with value "{value}" must have a value from the list "{listed} ".')
            if not known.choices and not NAME_TOKEN.fullmatch(value):
                self._refuse(f'Attribute value "{value}" of type NMTOKEN must be a name token.')
        for key, known in rule.attributes.items():
            if known.required and key not in attributes:
                self._refuse(f'Attribute "{key}" is required and must be specified for element type "{name}".')

    def _end(self, name: str) -> None:
        node, rule = self._open.pop(), ELEMENTS[name]
        if rule.children is None:
            if node.children:
                self._refuse(f'The content of element type "{name}" must match "null".')
            return
        names = [child.name for child in node.children]
        misfit = rule.misfit(names)
        if node.text.strip() or (misfit is not None and misfit < len(names)):
            self._refuse(f'The content of element type "{name}" must match "{rule.model()}".')
        if misfit is not None:
            self._refuse(f'The content of element type "{name}" is incomplete, it must match "{rule.model()}".')

    def _characters(self, text: str) -> None:
        self._open[-1].text += text

    def _refuse(self, reason: str, line: int | None = None) -> NoReturn:
        line = line or self._parser.CurrentLineNumber
        raise SpecRefused(
            f"Failed to parse job spec XML, org.jdom.input.JDOMParseException: Error on line {line}: {reason}"
        )
