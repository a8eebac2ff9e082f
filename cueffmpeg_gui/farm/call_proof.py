# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A call to a farm that shares a secret with us: what it carries, and whether the answer is that farm's."""

from dataclasses import dataclass
from typing import Any, Optional

import grpc

from cueffmpeg_gui.errors import LineEnded
from cueffmpeg_gui.farm.wrapping import is_lost
from cueffmpeg_gui.proof import ANSWER_KEY, CALL_KEY, answer_text, call_text, new_nonce


@dataclass(frozen=True)
class Seal:
    """The proof of one call. Make a new one for each."""

    secret: str
    address: str
    method: str
    nonce: str

    def metadata(self, request: bytes) -> tuple[tuple[str, str], ...]:
        """What goes with the request."""
        return ((CALL_KEY, call_text(self.secret, self.address, self.method, self.nonce, request)),)

    def check(self, answered: Any, answer: Optional[bytes]) -> None:
        """Raises FarmUnreachable unless this very answer to a call is the farm's; None is a no."""
        found = dict(answered.trailing_metadata() or ()).get(ANSWER_KEY)
        if found == answer_text(self.secret, self.address, self.method, self.nonce, answer):
            return
        raise LineEnded(
            f"What answers at {self.address} is not this user's local farm, or an older one, or its answer was damaged "
            "on its way; try again, or start it again with: cueffmpeg farm stop, then cueffmpeg farm start."
        )

    def check_refusal(self, error: grpc.RpcError) -> None:
        """As check, for a no; where nothing answered at all, there is nothing to check."""
        if not is_lost(error):
            self.check(error, None)


def make_seal(secret: str, address: str, method: str) -> Seal:
    """The seal of a call of `method` ("GetJobs") at `address` ("HOST:PORT")."""
    return Seal(secret, address, method, new_nonce())
