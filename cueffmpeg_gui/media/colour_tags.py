# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Colour tags said by a person, for a clip whose own are wrong: "transfer:smpte2084,range:pc"."""

from dataclasses import dataclass, replace
from typing import Any

from cueffmpeg_gui.media.colour import MATRICES, PRIMARIES, RANGES, TRANSFERS
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.value_types import Value, split_items

TABLES = {"range": RANGES, "matrix": MATRICES, "primaries": PRIMARIES, "transfer": TRANSFERS}
# Words that people say instead of ffmpeg's.
WORDS = {"range:full": "range:pc", "range:limited": "range:tv"}


@dataclass(frozen=True)
class ColourTags:
    """Tags with commas between them, each a field of Colour and its value in ffmpeg's words."""

    def __call__(self, value: Any) -> Value:
        items = [WORDS.get(item, item) for item in (str(item).strip() for item in split_items(value) or [])]
        if not items or not all(_is_tag(item) for item in items):
            raise ValueError("a list like range:pc,transfer:smpte2084; the fields are " + ", ".join(TABLES))
        return ",".join(items)


def with_tags(clip: ClipFacts, text: Any) -> ClipFacts:
    """The clip with these tags in place of its own; None changes nothing."""
    if not text:
        return clip
    said = dict(item.split(":") for item in str(text).split(","))
    return replace(clip, video=replace(clip.video, tags=replace(clip.video.tags, **said)))


def _is_tag(text: str) -> bool:
    field, _, value = text.partition(":")
    return field in TABLES and value in TABLES[field].values()
