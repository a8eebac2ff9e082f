# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The one way a call says no: a gRPC status code by name, and details as Cuebot words them."""

from cueffmpeg_gui.errors import CueffmpegError

NO_ROW = "Incorrect result size: expected 1, actual 0"  # what Cuebot says for ids and names it does not find


class CallRefused(CueffmpegError):
    """code: name of a grpc.StatusCode."""

    def __init__(self, code: str, details: str) -> None:
        super().__init__(details)
        self.code = code
