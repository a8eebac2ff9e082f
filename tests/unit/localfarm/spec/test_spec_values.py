# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Single values of a job spec, read and clamped as Cuebot does."""

import pytest

from cueffmpeg_gui.localfarm.refusals import SpecRefused
from cueffmpeg_gui.localfarm.spec.values import read_bool, read_cores, read_memory, read_retries


@pytest.mark.parametrize(
    ("text", "kb"), [("512m", 524288), ("2g", 2097152), ("2", 2097152), ("1.5m", 262144), ("60G", 62914560)]
)
def test_memory(text: str, kb: int) -> None:
    assert read_memory(text) == kb


@pytest.mark.parametrize("text", ["1.5g", "", "g", "lots", "1_0m"])
def test_memory_that_is_refused(text: str) -> None:
    with pytest.raises(SpecRefused):
        read_memory(text)


@pytest.mark.parametrize(
    ("text", "points"), [("1.0", 100), ("0.25", 25), ("200", 200), ("0.05", 100), ("100.0", 2400), ("-1.0", -100)]
)
def test_cores(text: str, points: int) -> None:
    assert read_cores(text) == points


def test_other_values() -> None:
    assert [read_bool(text) for text in ("True", "yes", "1", "on", "False", "", None)] == [True] * 4 + [False] * 3
    assert [read_retries(text) for text in ("-1", "0", "1", "2")] == [0, 0, 1, 1]
