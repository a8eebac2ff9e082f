# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the submit page asks of the api, in one place, so that tests can replace it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cueffmpeg_gui.api.submit.pair_preview import PairPreview, look_at_pair
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.source_info import (
    SourceInfo,
    check_place,
    check_reference,
    check_source,
    demo_source,
    probe_sound,
    read_source,
)
from cueffmpeg_gui.api.submit.sources import find_sources
from cueffmpeg_gui.api.submit.submit import Prepared, Submitted, prepare, prepare_again, submit_job
from cueffmpeg_gui.api.submit.user_presets import read_presets
from cueffmpeg_gui.errors import OutputTaken
from cueffmpeg_gui.media.facts import ClipFacts, SoundFile
from cueffmpeg_gui.media.presets import Preset
from cueffmpeg_gui.settings import Settings

__all__ = ["SubmitBackend", "Submitted", "submit_again"]


@dataclass(frozen=True)
class SubmitBackend:
    """All of them block; they are called in tasks only."""

    find_sources: Callable[[Iterable[str]], tuple[str, ...]] = find_sources
    demo_source: Callable[[Settings], str] = demo_source
    read_source: Callable[..., SourceInfo] = read_source
    check_source: Callable[[SourceInfo], None] = check_source
    check_sound: Callable[[str], SoundFile] = probe_sound
    check_reference: Callable[[str, SourceInfo, str | None, Preset | None, str | None], ClipFacts] = check_reference
    check_place: Callable[[str, Preset, str], bool] = check_place
    read_presets: Callable[[Settings], dict[str, Preset]] = read_presets
    prepare: Callable[[SubmitRequest, Settings], Prepared] = prepare
    look_at_pair: Callable[[Prepared], PairPreview | None] = lambda prepared: look_at_pair(
        prepared.spec, prepared.tables
    )
    submit: Callable[[Prepared, Settings], Submitted] = submit_job


def submit_again(folder: str, settings: Settings, existing: str = "refuse") -> Submitted | OutputTaken:
    """Sends the job of a job folder once more; what it gives back where a person has to choose `existing` first.

    Blocks; call it in a task. Raises CueffmpegError children.
    """
    try:
        return submit_job(prepare_again(folder, settings, existing), settings)
    except OutputTaken as taken:
        return taken
