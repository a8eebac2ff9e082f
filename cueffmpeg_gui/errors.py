# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What can go wrong. A message is a finished sentence (what, on which thing, what to do) and is shown verbatim."""

MOST_QUOTED = 200


def quoted(value: object) -> str:
    """A value as a sentence quotes it: as Python writes it, and never more than its beginning."""
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        text = f"a {type(value).__name__}"
    return text if len(text) <= MOST_QUOTED else text[: MOST_QUOTED - 3] + "..."


class CueffmpegError(Exception):
    """Anything that is shown to the user in one sentence."""


class InputRefused(CueffmpegError):
    """An input, a preset or a name cannot be used as it is; nothing was sent or written."""


class OutputTaken(InputRefused):
    """A file is at the output's name already, or will be: to be asked about, not decided. `fact` says just that."""

    def __init__(self, fact: str, ways_out: str, *, can_replace: bool = True) -> None:
        super().__init__(f"{fact}: {ways_out}.")
        self.fact, self.can_replace = fact, can_replace


class FolderTaken(InputRefused):
    """A job folder of that name is there already."""


class NoScoresYet(InputRefused):
    """A job has no scores so far; it may have some later."""


class FarmUnreachable(CueffmpegError):
    """No farm answers at the address."""


class NeverSent(FarmUnreachable):
    """What was to be sent did not leave; the farm will not see it later either."""


class LineEnded(FarmUnreachable):
    """The line ended before an answer was whole. What was sent has arrived by now, or never will."""


class FarmInTrouble(FarmUnreachable):
    """A farm answers, but only that it cannot work; waiting for it alone helps nobody."""


class DatabaseAway(FarmUnreachable):
    """A farm answers that its database went away in the middle. What was sent is in there by now, or never will be."""


class FarmRefused(CueffmpegError):
    """The farm answered, and said no."""


class JobNameTaken(FarmRefused):
    """The farm has a living job of that name."""


class JobFailed(CueffmpegError):
    """The job ended, but not well."""


class GapsRefused(InputRefused):
    """A sequence lacks frames, and nobody has said what becomes of them."""


class LayerUnclear(InputRefused):
    """A file of layers does not tell which is meant, or lacks it; one of `layers` may be named instead."""

    def __init__(self, sentence: str, layers: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.layers = layers


class FrameFailed(CueffmpegError):
    """ffmpeg failed on a frame, or ended without having done its work."""


class OutputRejected(CueffmpegError):
    """An output was written but is not what was asked for."""


class HostNotFit(CueffmpegError):
    """This host lacks something the work needs: ffmpeg, libvmaf, an encoder."""


class TemporaryTrouble(CueffmpegError):
    """Trouble that may go away by itself: a full disk, storage that is away."""


class StorageAway(TemporaryTrouble):
    """Storage did not answer in the middle of the work."""


class Cancelled(Exception):
    """The user or the farm stopped the work; no message is shown."""
