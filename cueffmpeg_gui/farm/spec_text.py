# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The last word on pyoutline's XML: what it takes from the environment or the process goes out again."""

import re
from collections.abc import Sequence
from typing import Optional
from xml.etree import ElementTree

# XML 1.0's Char, without the line ends and tabs that a parser would change.
XML_TEXT = re.compile("^[\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*$")


def is_xml_text(text: str) -> bool:
    """Whether a spec can carry the text unchanged. Control characters and bytes that are not UTF-8 it cannot."""
    return XML_TEXT.fullmatch(text) is not None


def adjust_spec(xml: str, uid: Optional[int], tags: Sequence[str] = (), limits: Sequence[str] = ()) -> str:
    """Sets or removes <uid>, which pyoutline takes from the process; sets tags and limits of every layer.

    <os> and <tags> that pyoutline takes from $OL_OS and $OL_TAG_OVERRIDE are removed.
    """
    prologue, start, body = xml.partition("<spec>")
    root = ElementTree.fromstring(start + body)
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in ("os", "tags")]:
            parent.remove(child)
    for layer in root.iter("layer"):
        _ask_of_hosts(layer, tags, limits)
    element = root.find("uid")
    if element is not None and uid is None:
        root.remove(element)
    elif element is not None:
        element.text = str(uid)
    return prologue + ElementTree.tostring(root, encoding="unicode")


def _ask_of_hosts(layer: ElementTree.Element, tags: Sequence[str], limits: Sequence[str]) -> None:
    """Puts them where the DTD wants them, before <env>."""
    place = [child.tag for child in layer].index("env")
    if limits:
        element = ElementTree.Element("limits")
        for limit in limits:
            ElementTree.SubElement(element, "limit").text = limit
        layer.insert(place, element)
    if tags:
        element = ElementTree.Element("tags")
        element.text = " | ".join(tags)
        layer.insert(place, element)
