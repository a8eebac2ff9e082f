# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The view modes of a pair: one table for buttons, keys and painting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mode:
    """A view mode: the text of its button, its key, its tooltip, and how many panes it has."""

    name: str
    text: str
    key: str
    hint: str
    panes: int = 1


MODES = (
    Mode("side", "Side by side", "1", "Reference and encode beside each other, with one zoom and one pan", 2),
    Mode("wipe", "Wipe", "2", "Reference left of a line that follows the pointer, encode right of it"),
    Mode("difference", "Difference", "3", "Encode less reference, amplified: grey where they are equal"),
    Mode("flicker", "Flicker", "4", "One after the other in one place; Space swaps them by hand"),
)
GAINS = (1, 4, 8, 16)
