# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a reader of another program's file gives, and the numbers in such files."""

import math
from dataclasses import dataclass
from typing import Any

from cueffmpeg_gui.errors import InputRefused

Rows = dict[int, dict[str, float]]


@dataclass(frozen=True)
class ForeignTable:
    """Rows by number, of which the clip's first picture has 0; `model` is what the file says of the VMAF model."""

    rows: Rows
    model: str = ""


def is_cut(path: str, what: str) -> InputRefused:
    """What is raised for a file that ends early."""
    return InputRefused(f"{path} is no whole {what}; it may have been cut.")


def number_of(value: Any) -> float:
    """A number as these programs write it: NaN for null and for nothing. Raises ValueError or TypeError for others."""
    if value is None or value == "":
        return math.nan
    if isinstance(value, bool):
        raise TypeError(value)
    return float(value)


def model_of(text: Any) -> str:
    """The name of a model out of what a file says: "/models/vmaf_v0.6.1.json" is vmaf_v0.6.1."""
    name = str(text or "").replace("\\", "/").rsplit("/", 1)[-1]
    for ending in (".json", ".pkl"):
        name = name[: -len(ending)] if name.endswith(ending) else name
    return name[:100]
