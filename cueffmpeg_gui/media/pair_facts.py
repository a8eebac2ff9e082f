# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is known of a pair beside its scores: whether it is in step, of one range, matrix and tone curve, and opaque."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional, Union

from cueffmpeg_gui.media.documents import from_plain, to_plain
from cueffmpeg_gui.media.frame_numbers import read_numbers
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_likeness import shows_another_place, shows_others
from cueffmpeg_gui.media.pair_measure import STEPS, PairMeasure
from cueffmpeg_gui.media.pair_single import REFERENCE_CHANGE, Slip
from cueffmpeg_gui.media.pair_steps import LEAST_CHANGE, judge_steps
from cueffmpeg_gui.media.pair_tones import CHROMA, MATRIX, RANGE, TRANSFER, judge_range_in_parts, judge_tones

STEP, FIELDS, ALPHA = "step", "fields", "alpha"
# Faults with which a pair's scores say nothing of its quality, so that no gate lets it pass unless it is told to.
GRAVE = (STEP, FIELDS, RANGE, MATRIX, TRANSFER, CHROMA)
UNTOLD = "its step cannot be told: the encode is too coarse, or of another place in the film"
OTHER_PICTURES = (
    "The encode's pictures are not the reference's, so step, range and matrix cannot be told: another film, another "
    "place in it, or a part or bars on one side only; name the right clip, offset=FRAMES or crop=WxH+X+Y."
)


@dataclass(frozen=True)
class PairFault:
    """One thing that is wrong with a pair: one of GRAVE or ALPHA, and the sentence that tells it."""

    kind: str
    sentence: str


@dataclass(frozen=True)
class PairFacts:
    """What was seen in the frames first … last, in the numbers of the scores.

    `slips` are where the encode is out of step, `untold` where its step cannot be told. `tones` is what is wrong with
    its colours as a whole; `transparent` is the share of the reference that is not opaque;
    `is_other` is whether the encode shows other pictures.
    `tones_in` are the frames that `tones` is about, none where it is about all.
    `fields` is what is wrong with the order of the encode's fields, which was seen before anything was sent.
    `moves` is whether the reference moves at all.
    `numbers` are those of the frames (see frame_numbers), where they do not follow one another.
    """

    first: int
    last: int
    slips: tuple[Slip, ...] = ()
    untold: tuple[FrameRange, ...] = ()
    tones: Optional[PairFault] = None
    transparent: float = 0.0
    is_other: bool = False
    tones_in: tuple[FrameRange, ...] = ()
    fields: str = ""
    numbers: str = ""
    moves: bool = False

    @property
    def faults(self) -> tuple[PairFault, ...]:
        """All that is wrong, gravest first."""
        found = [PairFault(STEP, OTHER_PICTURES)] if self.is_other else []
        found += [PairFault(STEP, _say_slips(self.slips, self._seen))] if self.slips else []
        found += [PairFault(FIELDS, self.fields)] if self.fields else []
        found += [_placed(self.tones, self.tones_in)] if self.tones else []
        found += [PairFault(ALPHA, _say_transparent(self.transparent))] if self.transparent else []
        return tuple(found)

    @property
    def told(self) -> int:
        """How many frames tell their step."""
        return len(self._seen) - sum(len(_within(run, self._seen)) for run in self.untold)

    @property
    def summary(self) -> str:
        """The faults in one text, or that there are none, and how many frames tell so much."""
        if self.faults:
            return " ".join(fault.sentence for fault in self.faults)
        if not self.told and self.moves:
            return f"No fault is seen, but {UNTOLD}."
        if not self.told:
            return "No fault is seen; the picture stands still, so its step cannot be told."
        told, count = self.told, len(self._seen)
        if 2 * told < count:
            return f"No fault is seen, but only {told:,} of {count:,} frames tell that they are in step."
        return f"In step, of one range and matrix as far as can be seen; {told:,} of {count:,} frames tell."

    @property
    def _seen(self) -> Sequence[int]:
        """The numbers of all frames."""
        return read_numbers(self.numbers) if self.numbers else range(self.first, self.last + 1)

    def moved(self, by: int) -> "PairFacts":
        """The same with other numbers of frames."""
        return self.named(lambda frame: frame + by)

    def named(self, number_of: Callable[[int], int]) -> "PairFacts":
        """The same with the number of each frame."""

        def ranges(runs: tuple[FrameRange, ...]) -> tuple[FrameRange, ...]:
            return tuple(FrameRange(number_of(run.first), number_of(run.last)) for run in runs)

        slips = tuple(Slip(number_of(slip.first), number_of(slip.last), slip.step) for slip in self.slips)
        first, last = number_of(self.first), number_of(self.last)
        return replace(
            self, first=first, last=last, slips=slips, untold=ranges(self.untold), tones_in=ranges(self.tones_in)
        )


def judge_pair(measure: PairMeasure, fields: str = "") -> PairFacts:
    """The facts that the numbers of a measure say, and what was seen of its `fields` before."""
    steps, tones = judge_steps(measure.rows, measure.first), judge_tones(measure)
    samples, transparent = measure.alpha
    share = round(transparent / samples, 4) if samples else 0.0
    moves = any((row[REFERENCE_CHANGE] or 0) >= LEAST_CHANGE for row in measure.rows)
    every = (FrameRange(measure.first, measure.last),)
    is_untold = moves and steps.untold == every and not steps.slips and not tones
    if shows_others(measure, is_explained=tones is not None) or (is_untold and shows_another_place(measure)):
        untold = every
        return PairFacts(
            measure.first, measure.last, untold=untold, transparent=share, is_other=True, fields=fields, moves=moves
        )
    facts = PairFacts(
        measure.first, measure.last, steps.slips, steps.untold, transparent=share, fields=fields, moves=moves
    )
    if tones:
        return replace(facts, tones=PairFault(*tones))
    parts = judge_range_in_parts(measure)
    return replace(facts, tones=PairFault(RANGE, parts[0]), tones_in=parts[1]) if parts else facts


def grave_faults(facts: Optional[PairFacts], allowed: Iterable[str]) -> tuple[PairFault, ...]:
    """The faults with which a pair passes no gate, but for the kinds that are allowed."""
    kinds = set(GRAVE) - set(allowed)
    return tuple(fault for fault in facts.faults if fault.kind in kinds) if facts else ()


def facts_document(facts: PairFacts) -> dict[str, Any]:
    """The facts as JSON values, with the sentences of all faults."""
    plain = {key: value for key, value in to_plain(facts).items() if key != "numbers" or value}
    return {**plain, "faults": to_plain(facts.faults)}


def read_facts(data: dict[str, Any], where: str) -> PairFacts:
    """The inverse; raises InputRefused naming the place."""
    facts = from_plain(PairFacts, {key: value for key, value in data.items() if key != "faults"}, where)
    read_numbers(facts.numbers or "0")
    return facts


def _placed(fault: PairFault, parts: tuple[FrameRange, ...]) -> PairFault:
    """The fault with the frames that it was seen in, where these are not all."""
    if not parts:
        return fault
    return replace(fault, sentence=f"In a part, seen in frames {parts[0].first} to {parts[-1].last}: {fault.sentence}")


def _within(frames: Union[FrameRange, Slip], seen: Sequence[int]) -> Sequence[int]:
    """The numbers from first to last, of those that were seen."""
    return seen[bisect_left(seen, frames.first) : bisect_right(seen, frames.last)]


def _say_slips(slips: tuple[Slip, ...], seen: Sequence[int]) -> str:
    told = _say_slip(slips[0], seen)
    if len(slips) == 1:
        return told
    more = len(slips) - 1
    places = "one more place" if more == 1 else f"{more} more places"
    return f"{told} It is out of step in {places}, in frames {slips[1].first} to {slips[-1].last}."


def _say_slip(slip: Slip, seen: Sequence[int]) -> str:
    # Only a picture that was seen is named.
    places = range(bisect_left(seen, slip.first), bisect_right(seen, slip.last))
    place = next((place for place in places if 0 <= place + slip.step < len(seen)), None)
    shown = "" if place is None else f": its picture {seen[place]} shows the reference's {seen[place + slip.step]}"
    if slip.first == slip.last:
        return f"The encode is out of step at frame {slip.first}{shown}."
    count = abs(slip.step)
    by = "1 frame" if count == 1 else f"{count} frames"
    more = " or more" if count == STEPS[-1] else ""
    word = "late" if slip.step < 0 else "early"
    return f"The encode is {by}{more} {word} in frames {slip.first}-{slip.last}{shown}."


def _say_transparent(share: float) -> str:
    percent = f"{100 * share:.0f} %" if share >= 0.01 else "less than 1 %"
    return f"The reference is transparent in places ({percent}); what lies there is compared as if it were seen."
