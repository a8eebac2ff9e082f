# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Names as Cuebot makes them, so that the final name is known, and refused names are refused, before sending.

The rules are Cuebot's (JobSpec: conformJobName and conformName).
"""

import re

from cueffmpeg_gui.errors import InputRefused, quoted

# Python's \w would take letters that Java's does not.
ALLOWED = re.compile(r"[A-Za-z0-9_.-]+")
# A show is looked up as it is, and names a folder.
SHOW = re.compile(r"(?!\.\.?$)[^\s/]+")
MIN_NAME, MIN_USER = 3, 1
MAX_JOB_NAME, MAX_SHOT, MAX_USER = 255, 64, 32
# pyoutline cuts such a date out of a job's name.
DATE_STAMP = re.compile(r"_\d{2}(\d{2})?_\d{2}_\d{2}_\d{2}_\d{2}")
# Metadata of a call that lists jobs: only those of this service, please. No Cuebot knows it; who does, says it back.
SERVICE_KEY = "cueffmpeg-service"


def conform_job_name(show: str, shot: str, user: str, name: str) -> str:
    """The name of the job on the farm, "show-shot-user_name".

    Raises InputRefused for a name that the farm would refuse or silently cut.
    """
    _check("job", name, MAX_JOB_NAME)
    if DATE_STAMP.search(name):
        raise InputRefused(
            f"The job name {quoted(name)} holds a date that would be cut out of it; write it another way."
        )
    if not SHOW.fullmatch(show):
        raise InputRefused(f"The show {quoted(show)} is no show's name: it must not be empty or hold spaces or '/'.")
    _check("user", user, MAX_USER, MIN_USER)
    shot = conform_shot(shot)
    prefix = f"{show}-{shot}-{user}_"
    suffix = name[len(prefix) - 1 :] if name.startswith(prefix) else name
    suffix = re.sub("_{2,}", "_", suffix.lower()).replace("-", "_").lstrip("_")
    if len(suffix) < MIN_NAME:
        raise InputRefused(
            f"The job name {quoted(name)} is too short: the farm wants at least 3 letters, digits or '_'."
        )
    final = f"{prefix.rstrip('_')}_{suffix}".lower()
    if len(final) > MAX_JOB_NAME:
        raise InputRefused(f"The job name {quoted(final)} is longer than the {MAX_JOB_NAME} characters a farm keeps.")
    return final


def name_in_spec(show: str, shot: str, user: str, name: str) -> str:
    """What a spec calls the job of that name: a farm knows the prefix only as the spec writes show and user, capitals
    and all, and would put it before the name once more."""
    prefix = f"{show}-{shot}-{user}_"
    return name if name.startswith(prefix) else name[len(prefix.rstrip("_")) + 1 :]


def conform_shot(shot: str) -> str:
    """The shot as the farm writes it: lower case, '_' for '-'. Raises InputRefused."""
    _check("shot", shot, MAX_SHOT)
    return shot.replace("-", "_").lower()


def read_words(what: str, text: str) -> tuple[str, ...]:
    """Tags or limits out of "gpu, fast": each as a farm takes it. Raises InputRefused."""
    words = tuple(dict.fromkeys(word for word in re.split(r"[\s,|]+", text) if word))
    for word in words:
        _check(what, word, MAX_JOB_NAME)
    return words


def suggest_job_name(stem: str) -> str:
    """A job name from a file's name: whatever a farm would refuse becomes '_'."""
    name = re.sub(r"[^a-z0-9.]+", "_", stem.lower()).strip("_.")[:80]
    name = DATE_STAMP.sub("", name)
    return name if len(name) >= 3 else f"{name or 'clip'}_job"


def _check(what: str, name: str, longest: int, shortest: int = MIN_NAME) -> None:
    if len(name) < shortest:
        raise InputRefused(
            f"The {what} name {quoted(name)} is too short: the farm wants at least {shortest} characters."
        )
    if not ALLOWED.fullmatch(name):
        raise InputRefused(f"The {what} name {quoted(name)} may hold only letters, digits, '_', '-' and '.'.")
    if len(name) > longest:
        raise InputRefused(f"The {what} name {quoted(name)} is longer than the {longest} characters a farm keeps.")
