# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A call to a farm that shares a secret with us: what it carries, and whether the answer is that farm's."""

from dataclasses import dataclass
from typing import Any

import grpc

from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.farm.wrapping import is_lost
from cueffmpeg_gui.proof import ANSWER_KEY, CALL_KEY, answer_text, call_text, new_nonce


@dataclass(frozen=True)
class Seal:
    """The proof of one or more calls of a method. Make a new one for each."""

    address: str
    metadata: tuple[tuple[str, str], ...]
    expected: str

    def check(self, answered: Any) -> None:
        """Raises FarmUnreachable unless a call that was answered, with whatever, was answered by the farm."""
        found = dict(answered.trailing_metadata() or ())
        if found.get(ANSWER_KEY) != self.expected:
            raise FarmUnreachable(
                f"What answers at {self.address} is not this user's local farm, or an older one; start it again with: "
                "cueffmpeg farm stop, then cueffmpeg farm start."
            )

    def check_refusal(self, error: grpc.RpcError) -> None:
        """As check, for a no; where nothing answered at all, there is nothing to check."""
        if not is_lost(error):
            self.check(error)


def make_seal(secret: str, address: str, method: str) -> Seal:
    """The seal of a call of `method` ("GetJobs") at `address` ("HOST:PORT")."""
    nonce = new_nonce()
    metadata = ((CALL_KEY, call_text(secret, address, method, nonce)),)
    return Seal(address, metadata, answer_text(secret, address, method, nonce))
