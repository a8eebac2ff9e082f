# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is wrong with a field, as a sentence, while it is being filled in. Pure: what needs a disk is in row_checks."""

import contextlib
from collections.abc import Callable
from functools import partial

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.gui.submit.models.source import Source
from cueffmpeg_gui.jobs.names import conform_job_name, conform_shot, read_words
from cueffmpeg_gui.media.frames import parse_range, runs_of
from cueffmpeg_gui.media.gaps import FILLING, STOP, name_missing
from cueffmpeg_gui.media.timing import parse_rate


def check_place_field(name: str, text: str) -> str:
    """What is wrong with show, shot, user or facility; an empty user is the login's."""
    try:
        if name == "show":
            conform_job_name(text, "shot", "user", "name")
        elif name == "shot":
            conform_shot(text)
        elif name == "user" and text:
            conform_job_name("show", "shot", text, "name")
        elif name == "facility" and (not text or text != "".join(text.split())):
            return f"The facility {quoted(text)} is no facility's name: it must not be empty or hold spaces."
    except InputRefused as refused:
        return str(refused)
    return ""


def check_words(what: str, text: str) -> str:
    """What is wrong with tags or limits."""
    try:
        read_words(what, text)
    except InputRefused as error:
        return str(error)
    return ""


def check_source_fields(
    source: Source, *, takes_reference: bool, lacks_reference: bool, gaps: str = STOP, layer: str = ""
) -> dict[str, str]:
    """What is wrong with each field of a row, "" where nothing is; `gaps` and `layer` are the preset's.

    The frames of a job that takes a reference are those of the pair, so the source alone does not limit them.
    """
    if not source.is_usable:
        return {}
    checks = {
        "name": _check_name,
        "frames": _check_frames if takes_reference else partial(_check_frames_of_source, gaps=source.gaps or gaps),
        "rate": _check_rate,
    }
    missing = _check_gaps(source, gaps, is_counted=not takes_reference)
    reference = "Choose the reference that this encode is compared with." if lacks_reference else ""
    return {
        "picture_layer": "" if source.layer or layer or source.info is None else source.info.unclear,
        "missing": missing,
        **{name: _sentence(check, source) for name, check in checks.items()},
        "reference": reference,
    }


def _sentence(check: Callable[[Source], str], source: Source) -> str:
    try:
        return check(source)
    except InputRefused as refused:
        return str(refused)


def _check_name(source: Source) -> str:
    if source.name:
        conform_job_name("show", "shot", "user", source.name)
    return ""


def _check_gaps(source: Source, preset: str, *, is_counted: bool) -> str:
    """What is missing of a sequence that is to stop at its gaps, of those frames that are asked for."""
    sequence = source.info.facts.sequence if source.info else None
    if sequence is None or (source.gaps or preset) != STOP:
        return ""
    frames = sequence.span
    with contextlib.suppress(InputRefused):
        frames = parse_range(source.frames) if is_counted and source.frames else frames
    gaps = sequence.missing_in(frames)
    if not gaps:
        return ""
    told = name_missing(gaps)
    best = max(runs_of(sequence.numbers), key=len)
    part = f", or type a part that is whole ({best})" if len(best) > 1 else ""
    return f"{told[0].upper()}{told[1:]}; choose what becomes of that{part}."


def _check_frames(source: Source) -> str:
    if source.frames:
        parse_range(source.frames)
    return ""


def _check_frames_of_source(source: Source, gaps: str) -> str:
    if not source.frames or source.info is None:
        return ""
    wanted, whole = parse_range(source.frames), source.info.facts.span
    fills = gaps in FILLING and source.info.facts.sequence is not None
    if fills and wanted.first <= whole.last and whole.first <= wanted.last:
        return ""
    if wanted.first not in whole or wanted.last not in whole:
        return f"Frames {wanted} are not in {source.title}, which has the frames {whole}."
    return ""


def _check_rate(source: Source) -> str:
    if source.info is None or not source.info.wants_rate:
        return ""
    if source.rate:
        parse_rate(source.rate)
        return ""
    found = " and ".join(map(str, source.info.rates))
    return "A sequence has no frame rate of its own; choose one" + (f" (its header says {found})." if found else ".")
