# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The one error of everything that reads a job spec."""

from cueffmpeg_gui.errors import CueffmpegError


class SpecRefused(CueffmpegError):
    """A job spec the farm does not take; the message is Cuebot's own, which clients know."""
