# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What attacks cost: rounds, how they ended, and losses, which no attack may have."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Of one attack. A round that is not lost is counted under how it ended."""

    ends: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)

    def held(self, end: str = "held", rounds: int = 1) -> None:
        self.ends[end] += rounds

    def check(self, is_whole: bool, end: str, what: str) -> None:
        """One round: whole and ended so, or lost."""
        if is_whole:
            self.held(end)
        else:
            self.losses.append(what)

    @property
    def rounds(self) -> int:
        return sum(self.ends.values()) + len(self.losses)


class Losses:
    """The tallies of all attacks of a run."""

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}

    @contextmanager
    def attack(self, name: str) -> Iterator[Tally]:
        """The tally of an attack; one that does not come to its end is a loss itself."""
        tally = self._tallies.setdefault(name, Tally())
        is_over = False
        try:
            yield tally
            is_over = True
        finally:
            if not is_over:
                tally.losses.append("the attack did not come to its end")
        assert not tally.losses

    def table(self) -> list[str]:
        """A line for each attack, and one for all."""
        lines = [f"{'attack':34} {'rounds':>7} {'losses':>7}  ends"]
        for name, tally in self._tallies.items():
            ends = ", ".join(f"{end} {count}" for end, count in sorted(tally.ends.items()))
            lines.append(f"{name:34} {tally.rounds:7} {len(tally.losses):7}  {ends}")
            lines += [f"    lost: {loss[:300]}" for loss in tally.losses]
        rounds, losses = (sum(each) for each in zip(*self._numbers(), strict=True))
        return [*lines, f"{'all':34} {rounds:7} {losses:7}"]

    def __bool__(self) -> bool:
        return bool(self._tallies)

    def _numbers(self) -> list[tuple[int, int]]:
        return [(tally.rounds, len(tally.losses)) for tally in self._tallies.values()]
