# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of job kinds: which steps each has, what it takes and what it writes.

A new kind of known steps is one row; a new step also needs its layers in jobs/plan.py.
"""

from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused, quoted

ENCODE, COMPARE = "encode", "compare"
# Not steps: the groups of parameters that kinds with a given reference have, and that every kind has: how its media
# are read, and what its frames ask of a farm.
PAIR, SOURCE, FARM = "pair", "source", "farm"


@dataclass(frozen=True)
class JobKind:
    """One kind of job; `steps` in the order they run.

    With a reference of its own the source is the encode; without one the source is what is encoded.
    """

    name: str
    title: str
    steps: tuple[str, ...]
    takes_reference: bool = False
    takes_sound: bool = False
    writes_output: bool = False

    @property
    def encodes(self) -> bool:
        """Whether an encode is made."""
        return ENCODE in self.steps

    @property
    def compares(self) -> bool:
        """Whether scores are measured."""
        return COMPARE in self.steps

    @property
    def parameter_groups(self) -> tuple[str, ...]:
        """The groups of parameters that have a meaning for this kind."""
        return (*self.steps, *([PAIR] if self.takes_reference else []), SOURCE, FARM)


KINDS: dict[str, JobKind] = {
    kind.name: kind
    for kind in (
        JobKind("encode", "Encode", (ENCODE,), takes_sound=True, writes_output=True),
        JobKind("compare", "Compare", (COMPARE,), takes_reference=True),
        JobKind("encode-compare", "Encode + compare", (ENCODE, COMPARE), takes_sound=True, writes_output=True),
    )
}


def find_kind(name: str, where: str) -> JobKind:
    """The kind of a name; raises InputRefused naming `where` and the kinds there are."""
    if name not in KINDS:
        raise InputRefused(f"{where}: kind is {quoted(name)}, but it must be one of {', '.join(KINDS)}.")
    return KINDS[name]
