# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is wrong with a field, as a sentence, while it is being filled in. Pure: what needs a disk is in row_checks."""

from typing import TYPE_CHECKING

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.submit.models.source import Source
from cueffmpeg_gui.jobs.names import conform_job_name, conform_shot, read_words
from cueffmpeg_gui.media.frames import parse_range
from cueffmpeg_gui.media.timing import parse_rate

if TYPE_CHECKING:
    from cueffmpeg_gui.gui.submit.models.form import SubmitForm


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
            return f"The facility {text!r} is no facility's name: it must not be empty or hold spaces."
    except InputRefused as refused:
        return str(refused)
    return ""


def check_words(what: str, text: str) -> str:
    """Why tags or limits cannot be as they are; nothing when they can."""
    try:
        read_words(what, text)
    except InputRefused as error:
        return str(error)
    return ""


def check_source_field(name: str, source: Source, form: "SubmitForm") -> str:
    """What is wrong with a field of a row."""
    if not source.is_usable:
        return ""
    try:
        return {"name": _name, "frames": _frames, "rate": _rate, "reference": _reference}[name](source, form)
    except KeyError:
        return ""
    except InputRefused as refused:
        return str(refused)


def _name(source: Source, form: "SubmitForm") -> str:
    if source.name:
        conform_job_name("show", "shot", "user", source.name)
    return ""


def _frames(source: Source, form: "SubmitForm") -> str:
    if not source.frames or source.look is None:
        return ""
    wanted, whole = parse_range(source.frames), source.look.facts.frames
    is_pair = form.preset is not None and form.preset.kind == "compare"
    if not is_pair and (wanted.first not in whole or wanted.last not in whole):
        return f"Frames {wanted} are not in {source.title}, which has the frames {whole}."
    return ""


def _rate(source: Source, form: "SubmitForm") -> str:
    if source.look is None or not source.look.wants_rate:
        return ""
    if source.rate:
        parse_rate(source.rate)
        return ""
    said = " and ".join(map(str, source.look.rates))
    return "A sequence has no frame rate of its own; choose one" + (f" (its header says {said})." if said else ".")


def _reference(source: Source, form: "SubmitForm") -> str:
    if form.preset is None or form.preset.kind != "compare" or form.is_reference(source):
        return ""
    return "" if form.reference_of(source) else "Choose the reference that this encode is compared with."
