# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Who calls: loopback is open to every user of the computer, the farm is not.

This program's own calls prove that they know the farm's secret, and get the farm's proof with the answer. Of others,
such as pycue and CueGUI, the kernel says whose the socket at the other end is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import grpc

from cueffmpeg_gui.localfarm.rpc.callers import IPV4_TABLE, owner
from cueffmpeg_gui.proof import ANSWER_KEY, CALL_KEY, answer_text, nonce_of

REFUSAL = "This local farm belongs to another user of this computer."


class OwnUserOnly(grpc.ServerInterceptor):  # type: ignore[misc]  # grpc has no types
    """Refuses calls of other users. Root may call a user's farm; root's own farm answers root alone.

    `address` is the farm's own, "127.0.0.1:PORT". A proof that does not fit is refused whoever sends it. Only on Linux
    can the other end of a call without proof be identified; elsewhere every local caller is answered. A verdict is
    never kept: the same port may be another user's a moment later.
    """

    def __init__(self, secret: str = "", allowed: frozenset[int] | None = None) -> None:
        self.address = ""
        self._secret = secret
        self._allowed = frozenset({os.getuid(), 0}) if allowed is None else allowed
        self._can_tell = os.path.exists(IPV4_TABLE)

    def intercept_service(self, continuation: Callable[[Any], Any], details: Any) -> Any:
        handler = continuation(details)
        if handler is None:
            return handler
        method = details.method.rpartition("/")[2]
        proofs = [value for key, value in details.invocation_metadata or () if key == CALL_KEY]
        return grpc.unary_unary_rpc_method_handler(
            self._guarded(handler.unary_unary, method, proofs),
            handler.request_deserializer,
            handler.response_serializer,
        )

    def _guarded(self, answer: Callable[[Any, Any], Any], method: str, proofs: list[str]) -> Callable[[Any, Any], Any]:
        def guarded(request: Any, context: Any) -> Any:
            if not (self._is_proven(method, proofs, context) if proofs else self._is_own(context)):
                context.abort(grpc.StatusCode.PERMISSION_DENIED, REFUSAL)
            return answer(request, context)

        return guarded

    def _is_proven(self, method: str, proofs: list[str], context: Any) -> bool:
        nonce = nonce_of(self._secret, self.address, method, proofs[0]) if self._secret and len(proofs) == 1 else None
        if nonce is None:
            return False
        context.set_trailing_metadata(((ANSWER_KEY, answer_text(self._secret, self.address, method, nonce)),))
        return True

    def _is_own(self, context: Any) -> bool:
        # While the call lives, its connection does, and nobody else can have both its ends.
        return not self._can_tell or (self.allows(context.peer()) and context.is_active())

    def allows(self, peer: str) -> bool:
        """Whether the socket at the other end of a connection to this farm is an allowed user's."""
        return owner(peer, f"ipv4:{self.address}") in self._allowed
