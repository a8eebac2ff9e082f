# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How the farm says no: to a job spec, and to a call, in the words of Cuebot."""

from cueffmpeg_gui.errors import CueffmpegError

NO_ROW = "Incorrect result size: expected 1, actual 0"  # what Cuebot says for ids and names it does not find


class CallRefused(CueffmpegError):
    """code: name of a grpc.StatusCode."""

    def __init__(self, code: str, details: str) -> None:
        super().__init__(details)
        self.code = code


class SpecRefused(CueffmpegError):
    """A job spec the farm does not take; the message is Cuebot's own, which clients know, and its code INTERNAL."""

    code = "INTERNAL"


class AbsurdSpec(SpecRefused):
    """A job spec with a value nobody can have meant. What a Cuebot answers there is not known; this names the value."""

    code = "INVALID_ARGUMENT"


class AbsurdValue(CueffmpegError, ValueError):
    """What is wrong with a value, to be said after its name, e.g. "is no number of cores"."""
