# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the documents name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "packaging").glob("*.md"), *(ROOT / "plugins").glob("*.md")]
# A file in backticks, with a folder before it; some folders are made elsewhere.
PATH = re.compile(r"`([a-z_.][\w./-]*/[\w.-]+\.[a-z]+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_in_a_document_is_there(document: Path) -> None:
    text = document.read_text()
    named = {*PATH.findall(text), *LINK.findall(text)}
    places = (document.parent, ROOT, ROOT / "cueffmpeg_gui")
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []
