# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""JSON as these programs write it: with inf and nan where JSON has no word, or an object a line."""

import json
import re
from typing import Any

from cueffmpeg_gui.media.documents import load_json

# libvmaf writes "fps": inf when it was done at once, older ones nan for a score; Python reads Infinity and NaN.
WORD = re.compile(r"([:\[,]\s*)(-?)(inf(?:inity)?|nan)(?:\([^)]*\))?(?=\s*[,}\]])", re.IGNORECASE)
WORDS = {"i": "Infinity", "n": "NaN"}


def parse(text: str) -> Any:
    """The value; of several objects, one a line, the last one. Raises ValueError or RecursionError."""
    try:
        return load_json(text.encode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return load_json(text.strip().splitlines()[-1].encode("utf-8", "replace"))
        return load_json(WORD.sub(_word, text).encode("utf-8", "replace"))


def _word(match: "re.Match[str]") -> str:
    word = WORDS[match[3][0].lower()]
    return match[1] + (match[2] if word == "Infinity" else "") + word
