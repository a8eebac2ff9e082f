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
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # it has none

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
        # Bytes in, bytes out: what a stranger sends is not even read, and a proof covers what was said.
        return grpc.unary_unary_rpc_method_handler(self._guarded(handler, method, proofs))

    def _guarded(self, handler: Any, method: str, proofs: list[str]) -> Callable[[bytes, Any], bytes]:
        def guarded(body: bytes, context: Any) -> bytes:
            nonce = self._nonce(method, proofs, body)
            if nonce is None and (proofs or not self._is_own(context)):
                context.abort(grpc.StatusCode.PERMISSION_DENIED, REFUSAL)
            self._prove(context, method, nonce, None)  # of a refusal, should it come to that
            answer = _answered(handler, body, context)
            self._prove(context, method, nonce, answer)
            return answer

        return guarded

    def _nonce(self, method: str, proofs: list[str], body: bytes) -> str | None:
        """That of a call which proves itself."""
        if not self._secret or len(proofs) != 1:
            return None
        return nonce_of(self._secret, self.address, method, proofs[0], body)

    def _prove(self, context: Any, method: str, nonce: str | None, answer: bytes | None) -> None:
        if nonce is None:
            return
        others = [pair for pair in context.trailing_metadata() or () if pair[0] != ANSWER_KEY]
        proof = answer_text(self._secret, self.address, method, nonce, answer)
        context.set_trailing_metadata((*others, (ANSWER_KEY, proof)))

    def _is_own(self, context: Any) -> bool:
        # While the call lives, its connection does, and nobody else can have both its ends.
        return not self._can_tell or (self.allows(context.peer()) and context.is_active())

    def allows(self, peer: str) -> bool:
        """Whether the socket at the other end of a connection to this farm is an allowed user's."""
        return owner(peer, f"ipv4:{self.address}") in self._allowed


def _answered(handler: Any, body: bytes, context: Any) -> bytes:
    request: Any = body
    if handler.request_deserializer:
        try:
            request = handler.request_deserializer(body)
        except DecodeError:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "This request cannot be read: it is damaged.")
    return bytes(handler.response_serializer(handler.unary_unary(request, context)))
