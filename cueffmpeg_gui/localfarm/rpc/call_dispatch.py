# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Calls by table: a service is a plain object, its methods are the calls it answers; all others are UNIMPLEMENTED.

The services are in the files called *_interface.py.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

import grpc
from google.protobuf import descriptor_pool, message_factory  # type: ignore[import-untyped]

from cueffmpeg_gui.jobs.names import SERVICE_KEY
from cueffmpeg_gui.localfarm.refusals import CallRefused

_log = logging.getLogger(__name__)
_PATH = re.compile(r"/(?P<service>[\w.]+)/(?P<method>\w+)")


def python_name(method: str) -> str:
    """GetWhatDependsOnThis → get_what_depends_on_this."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", method).lower()


def of_service(method: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a call that is also told the service whose jobs the caller wants alone, "" for all (see SERVICE_KEY)."""
    method.takes_service = True  # type: ignore[attr-defined]
    return method


class CallTable(grpc.GenericRpcHandler):  # type: ignore[misc]  # grpc has no types
    """Answers "/package.Service/Method" with services["package.Service"].method(request).

    A method returns the answer, a message or its bytes, or None for an empty one, and raises CallRefused.
    """

    def __init__(self, services: Mapping[str, object], trouble: Callable[[], str]) -> None:
        """trouble() gives the sentence that answers every call while the farm cannot be believed, or ""."""
        self._services = dict(services)
        self._trouble = trouble
        self._handlers: dict[str, Any] = {}

    def service(self, details: Any) -> Any:
        path = details.method
        if path not in self._handlers:
            self._handlers[path] = self._handler(path)
        return self._handlers[path]

    def _handler(self, path: str) -> Any:
        match = _PATH.fullmatch(path)
        target = self._services.get(match["service"]) if match else None
        if match is None or target is None:
            return grpc.unary_unary_rpc_method_handler(_refusal(path))
        types = descriptor_pool.Default().FindServiceByName(match["service"]).methods_by_name.get(match["method"])
        method = getattr(target, python_name(match["method"]), None)
        if types is None or method is None:
            return grpc.unary_unary_rpc_method_handler(_refusal(path))
        request_type = message_factory.GetMessageClass(types.input_type)
        answer_type = message_factory.GetMessageClass(types.output_type)
        return grpc.unary_unary_rpc_method_handler(
            _answering(path, method, answer_type, self._trouble),
            request_deserializer=request_type.FromString,
            response_serializer=_as_bytes,
        )


def _as_bytes(answer: Any) -> bytes:
    return answer if isinstance(answer, bytes) else bytes(answer.SerializeToString())


def _refusal(path: str) -> Callable[[Any, Any], Any]:
    def refuse(_request: Any, context: Any) -> Any:
        name = path.lstrip("/").replace("/", ".")
        context.abort(grpc.StatusCode.UNIMPLEMENTED, f"The local farm does not implement {name}.")

    return refuse


def _wanted_service(context: Any) -> str:
    service = str(dict(context.invocation_metadata()).get(SERVICE_KEY, ""))
    if service:
        context.set_trailing_metadata((*(context.trailing_metadata() or ()), (SERVICE_KEY, service)))
    return service


def _answering(
    path: str, method: Callable[..., Any], answer_type: type, trouble: Callable[[], str]
) -> Callable[[Any, Any], Any]:
    takes_service = getattr(method, "takes_service", False)

    def answer(request: Any, context: Any) -> Any:
        sentence = trouble()
        if sentence:
            context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, sentence)
        try:
            answer = method(request, _wanted_service(context)) if takes_service else method(request)
            return answer_type() if answer is None else answer
        except CallRefused as refused:
            context.abort(grpc.StatusCode[refused.code], str(refused))
        except (ValueError, OverflowError) as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"A value of this call makes no sense: {str(error)[:200]}.")
        except (sqlite3.Error, OSError) as error:
            _log.exception("%s failed.", path)
            context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, f"The local farm cannot use its database: {error}.")

    return answer
