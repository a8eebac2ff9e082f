# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A given pair before anything is sent: its facts side by side, and what a dozen of its pictures say."""

from dataclasses import dataclass, replace
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.layer_tasks import compare_task, pair_plan
from cueffmpeg_gui.jobs.picture_pair import picture_pair
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.compare import picture_filters
from cueffmpeg_gui.media.documents import to_plain
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.pair_facts import GRAVE, UNTOLD, PairFacts, PairFault, judge_pair
from cueffmpeg_gui.media.pair_single import Slip
from cueffmpeg_gui.pictures.pair_samples import NOTHING, SampledSide, sample_pair

RANGES = {"tv": "limited", "pc": "full"}


@dataclass(frozen=True)
class PairRow:
    """One fact of both sides."""

    fact: str
    encode: str
    reference: str

    @property
    def differs(self) -> bool:
        """Whether the sides differ in it."""
        return self.encode != self.reference


@dataclass(frozen=True)
class PairPreview:
    """The facts of a pair, and the faults that `looked` pictures show, of which `told` tell their step.

    `trouble` says why no picture could be looked at; `moves` is whether the reference moves at all.
    """

    rows: tuple[PairRow, ...]
    looked: int = 0
    told: int = 0
    faults: tuple[PairFault, ...] = ()
    trouble: str = ""
    moves: bool = False

    @property
    def sentence(self) -> str:
        """What the pictures say, in one text."""
        if self.trouble or self.faults:
            return self.trouble or " ".join(fault.sentence for fault in self.faults)
        if not self.told and self.moves:
            return f"{self.looked} pictures show no fault, but {UNTOLD}."
        if not self.told:
            return f"{self.looked} pictures show no fault; they stand still, so their step cannot be told."
        if 2 * self.told < self.looked:
            return f"{self.looked} pictures show no fault, but only {self.told} of them tell that the pair is in step."
        return f"{self.looked} pictures show no fault; {self.told} of them tell that the pair is in step."

    @property
    def is_grave(self) -> bool:
        """Whether scores of the pair would say nothing of its quality."""
        return any(fault.kind in GRAVE for fault in self.faults)


def look_at_pair(spec: JobSpec, tables: str = "") -> PairPreview | None:
    """The preview of a job that compares a given pair; None for another. Decodes media: never on a window's thread.

    `tables` is where those of the reference's view lie.
    """
    if spec.reference is None or not spec.preset.job_kind.compares:
        return None
    pair, task = picture_pair(spec, tables), compare_task(spec)
    filters = picture_filters(replace(task, reference=pair.reference))
    first, encode_first = pair.pictures_of(pair.frames.first)
    pictures = pair.reference.frames_of(pair.frames)
    encode = SampledSide(pair.encode, filters[0], encode_first, pair.partners[first:])
    reference = SampledSide(pair.reference, filters[1], first)
    rows = _rows(pair.encode, pair.reference, pair.colours.encode, pair.colours.reference)
    try:
        measure, numbers = sample_pair(encode, reference, len(pictures))
    except InputRefused as refused:
        return PairPreview(rows, trouble=f"The pair's pictures could not be looked at: {refused}")
    facts = judge_pair(measure, pair_plan(spec).field_fault)
    placed = _placed(facts, [pair.reference.number_of(pictures.first + number) for number in numbers])
    looked = sum(row != NOTHING for row in measure.rows)
    return PairPreview(rows, looked, facts.told, placed.faults, moves=facts.moves)


def preview_document(preview: PairPreview) -> dict[str, Any]:
    """The preview as JSON values."""
    return {
        "facts": [{**to_plain(row), "differs": row.differs} for row in preview.rows],
        "looked": preview.looked,
        "told": preview.told,
        "faults": to_plain(preview.faults),
        "sentence": preview.sentence,
    }


def _placed(facts: PairFacts, frames: list[int]) -> PairFacts:
    """The facts with the frames' own numbers in place of the places of the pictures."""
    slips = tuple(Slip(frames[slip.first], frames[slip.last], slip.step) for slip in facts.slips)
    return PairFacts(frames[0], frames[-1], slips, (), facts.tones, facts.transparent, facts.is_other, (), facts.fields)


def _rows(encode: ClipFacts, reference: ClipFacts, ours: Colour, theirs: Colour) -> tuple[PairRow, ...]:
    one, two = encode.video, reference.video
    found = (
        ("frames", f"{one.frames:,}", f"{two.frames:,}"),
        ("frames a second", str(one.rate), str(two.rate)),
        ("size", one.size, two.size),
        ("pixel format", one.pix_fmt, two.pix_fmt),
        ("range", RANGES.get(ours.range, ours.range), RANGES.get(theirs.range, theirs.range)),
        ("matrix", ours.matrix, theirs.matrix),
        ("primaries", ours.primaries, theirs.primaries),
        ("transfer", ours.transfer, theirs.transfer),
        ("transparency", _yes(one.has_alpha), _yes(two.has_alpha)),
    )
    return tuple(PairRow(*row) for row in found)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
