# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Documents go round, whole or not at all, and take nothing that does not belong."""

import dataclasses
import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any, Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.documents import check_schema, from_plain, read_json, to_plain, write_atomically, write_json
from cueffmpeg_gui.media.facts import AudioFacts, ClipFacts, VideoFacts

SCHEMA = "cueffmpeg.test/2"

# A file's name as Python has it: any bytes, those that are no UTF-8 as surrogate escapes.
paths = st.binary(min_size=1, max_size=40).map(os.fsdecode)
words = st.text(max_size=12)
fractions = st.fractions()
colours = st.builds(Colour, words, words, words, words)
videos = st.builds(VideoFacts, sample_aspect=fractions, rate=fractions, tags=colours, start=fractions)
clips_facts = st.builds(
    ClipFacts,
    path=paths,
    duration=fractions,
    video=videos,
    audio=st.lists(st.builds(AudioFacts, duration=fractions), max_size=3).map(tuple),
    timecode=st.none() | words,
)


@dataclasses.dataclass(frozen=True)
class Page:
    number: int
    weight: float
    words: tuple[str, ...]
    pair: tuple[int, Fraction]
    is_last: bool
    note: Optional[str] = None
    extra: dict[str, int] = dataclasses.field(default_factory=dict)


pages = st.builds(Page, weight=st.floats(allow_nan=False), pair=st.tuples(st.integers(), fractions))


@given(facts=clips_facts)
def test_facts_go_round_through_json_whatever_the_path(facts: ClipFacts) -> None:
    text = json.dumps(to_plain(facts))
    assert text.isascii()
    assert from_plain(ClipFacts, json.loads(text)) == facts


@given(page=pages)
def test_pages_go_round(page: Page) -> None:
    assert from_plain(Page, json.loads(json.dumps(to_plain(page)))) == page


@given(page=pages, name=st.sampled_from(["number", "weight", "words", "pair", "is_last"]))
def test_a_missing_key_is_refused_by_name(page: Page, name: str) -> None:
    plain = to_plain(page)
    del plain[name]
    with pytest.raises(InputRefused, match=rf"missing keys \['{name}'\]"):
        from_plain(Page, plain)


@given(page=pages, name=words.filter(lambda name: name not in Page.__dataclass_fields__))
def test_an_unknown_key_is_refused(page: Page, name: str) -> None:
    with pytest.raises(InputRefused, match="unknown keys"):
        from_plain(Page, {**to_plain(page), name: 1})


@pytest.mark.parametrize(
    ("key", "value"),
    [("number", "1"), ("number", 1.5), ("number", True), ("number", None), ("weight", "1"), ("weight", True),
     ("words", "abc"), ("words", [1]), ("words", {}), ("pair", [1]), ("pair", [1, "1/0"]), ("pair", [1, "x"]),
     ("pair", [1, 2]), ("pair", [1, "1", 3]), ("is_last", 1), ("note", 7), ("extra", []), ("extra", {"a": "b"})],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_by_name(key: str, value: Any) -> None:
    plain = {**to_plain(Page(1, 1.0, ("a",), (1, Fraction(1)), True)), key: value}
    with pytest.raises(InputRefused, match=rf"page\.{key}.*\.$"):
        from_plain(Page, plain, "page")


@pytest.mark.parametrize("plain", [None, [], "x", 1])
def test_what_is_no_object_is_refused(plain: Any) -> None:
    with pytest.raises(InputRefused):
        from_plain(Page, plain)


def test_a_document_goes_round_through_a_file(tmp_path: Path) -> None:
    path = str(tmp_path / "d.json")
    write_json(path, SCHEMA, {"a": [1, "caf\u00e9", os.fsdecode(b"\xff")]})
    assert read_json(path, SCHEMA) == {"a": [1, "caf\u00e9", os.fsdecode(b"\xff")]}
    assert Path(path).read_bytes().isascii()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "is not JSON"), (b"{", "is not JSON"), (b"\xff", "is not JSON"), (b"[]", "no JSON object"),
     (b"{}", "schema is None"), (b'{"schema": 1}', "schema is 1"), (b"[" * 100000, "is not JSON"),
     (b'{"schema": "cueffmpeg.test/3"}', "newer cueffmpeg"), (b'{"schema": "cueffmpeg.test/1"}', "no cueffmpeg.test"),
     (b'{"schema": "cueffmpeg.other/2"}', "no cueffmpeg.test")],
)  # fmt: skip
def test_what_is_no_document_is_refused_with_its_name(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match=reason) as refusal:
        read_json(str(path), SCHEMA)
    assert str(path) in str(refusal.value)


def test_a_document_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.json", tmp_path):
        with pytest.raises(InputRefused, match="cannot be read"):
            read_json(str(path), SCHEMA)


@pytest.mark.parametrize(
    "found", ["cueffmpeg.test/x", "cueffmpeg.test/", "cueffmpeg.test", "", "/2", "cueffmpeg.test/\u0663"]
)
def test_odd_schemas_are_no_surprise(found: str) -> None:
    with pytest.raises(InputRefused, match=r"is no cueffmpeg\.test document"):
        check_schema(found, SCHEMA, "d.json")


def test_writing_replaces_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_atomically(str(path), b"old")
    write_atomically(str(path), b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["f"]


def test_a_failed_write_leaves_the_old_file_and_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomically(str(tmp_path / "f"), b"new")
    assert os.listdir(tmp_path) == ["f"]


def test_written_files_have_the_usual_rights(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(str(tmp_path / "f"), b"")
    finally:
        os.umask(before)
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o640


def test_a_name_without_a_folder_is_written_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_atomically("f", b"x")
    assert os.listdir(tmp_path) == ["f"]
