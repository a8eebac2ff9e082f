# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""XML of libvmaf (an element a frame, an attribute a score) and of run_vmaf, with names that end in _score."""

from xml.etree import ElementTree

from cueffmpeg_gui.media.documents import check_values
from cueffmpeg_gui.media.foreign import run_vmaf
from cueffmpeg_gui.media.foreign.table import ForeignTable, is_cut, model_of


def fits(text: str) -> bool:
    """Whether a text may be such a file."""
    return text.startswith("<")


def read(text: str, path: str) -> ForeignTable:
    """The table; raises InputRefused."""
    content = text.encode("utf-8", "replace")
    try:
        check_values(content, (b"<", b"="))
        root = ElementTree.fromstring(content)
        rows = {int(frame.attrib["frameNum"]): run_vmaf.renamed(frame.attrib) for frame in root.iter("frame")}
    except (ElementTree.ParseError, ValueError, LookupError):
        raise is_cut(path, "XML log of libvmaf") from None
    params = root.find("params")
    return ForeignTable(rows, model_of(params.get("model")) if params is not None else root.get("executorId", ""))
