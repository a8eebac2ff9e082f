# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Turns what gRPC and pycue raise into this program's errors, where they enter: a sentence and the way out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import grpc

from cueffmpeg_gui.errors import DatabaseAway, FarmInTrouble, FarmRefused, FarmUnreachable, JobNameTaken, LineEnded
from cueffmpeg_gui.farm.pycue import opencue

CHECK_ADDRESS = "check the address, or start the local farm with: cueffmpeg farm start"
DAMAGED = "what arrived was damaged"
# gRPC's reasons why there is no answer, and what is said instead.
REASONS = (
    ("Connection refused", "the connection is refused"),
    ("DNS resolution failed", "the host's name is not known"),
    ("Domain name not found", "the host's name is not known"),
    ("Name or service not known", "the host's name is not known"),
    ("unreachable", "the network does not lead there"),
    ("No route to host", "the network does not lead there"),
    ("http1", "what answers there is no Cuebot"),
    ("Received http2 header", "what answers there is no Cuebot"),
    ("Connection reset", "the connection was cut"),
    ("Socket closed", "the connection was cut"),
    ("GOAWAY", "the connection was cut"),
    ("RST_STREAM", "the connection was cut"),
    ("parsing HTTP/2", DAMAGED),
    ("Illegal header", DAMAGED),
    ("deserializing", DAMAGED),
)
# How gRPC tells, under any code, that it was not the farm that ended the call but the line: no farm said no.
BROKEN_LINE = re.compile(
    r"^Stream removed|RST_STREAM|GOAWAY|HTTP/2|http2|Illegal header|HPACK|^Exception (de)?serializing|^Error parsing|"
    r"[Ii]nvalid content-type|[Mm]issing :?status|[Cc]ompress|Socket closed|Connection reset|Broken pipe"
)
UNREACHABLE = {
    grpc.StatusCode.UNAVAILABLE: "No farm answers at {address} ({reason}); {way_out}.",
    grpc.StatusCode.DEADLINE_EXCEEDED: "The farm at {address} did not answer in time; try again, or {way_out}.",
    grpc.StatusCode.CANCELLED: "The connection to the farm at {address} was closed; connect again.",
}
# What gRPC's words prove: nothing more can come of what was sent. All others leave that open, a deadline, an interrupt
# and CANCELLED by this end first of all: a line may hold back what it was given for minutes, and deliver it when nobody
# waits any more. That a request never left is proven by no words, but by call_once().
ENDS = {
    "Socket closed": "the other end closed the connection",
    "Connection reset": "the other end broke the connection",
    "Broken pipe": "the other end had closed the connection",
    "GOAWAY": "the other end takes no more, and closes",
    "RST_STREAM": "the other end gave this call up",
    "Trying to connect an http1": "the other end answered, and is no farm",
    "deserializing response": "the other end answered, and the line damaged it",
}
# How a Cuebot tells that its database went away, also after it has stored what it was sent (words of Spring and JDBC).
NO_DATABASE = re.compile(
    r"JDBC (Connection|transaction)|Connection is (closed|not available)|connection has been closed|"
    r"I/O error occurred while sending to the backend|terminating connection|the database system is "
)
# How the local farm begins to say that it cannot work (its store/trouble.py and rpc/call_dispatch.py).
TROUBLE = "The local farm cannot "
# Cuebot (ManageJob) and pycue put these in front of what they mean.
PREFIXES = (
    "Server caught an internal exception. ",
    "Object does not exist. ",
    "Failed to launch and add job: ",
    "error, ",
)
PENDING = r"is already pending"
# Details as Cuebot writes them, what is said instead where they mean nothing to a user, and the way out.
WAYS_OUT = (
    (PENDING, "", "Give the job another name, or kill the one of that name first."),
    (
        r"The (\S+) does not exist.*show created",
        r"there is no show \1",
        "Name a show that it has, or let its administrator create this one.",
    ),
    (r"show has been deactivated", "", "Name another show, or let the farm's administrator activate it."),
    (r"Cannot launch jobs as root", "", "Submit as another user, or name one with --user."),
    (
        r"launch and add job: Incorrect result size.*",
        "it could not store the job and does not say why",
        "Most often it does not know the facility or a limit.",
    ),
    (r"maximum number of allowed", "", "Use longer chunks, or submit fewer frames."),
    (
        r"^(Object does not exist\. )?(Job not found|Incorrect result size).*",
        "it does not know such a job, layer or frame",
        "Finished jobs leave a farm after some days.",
    ),
)


@contextmanager
def farm_errors(address: str) -> Iterator[None]:
    """Raises FarmUnreachable or FarmRefused for whatever goes wrong in talking to the farm at `address`."""
    try:
        yield
    except grpc.RpcError as error:
        raise error_of(error.code(), error.details() or "", address) from None
    except (opencue.exception.ConnectionException, opencue.exception.DeadlineExceededException) as error:
        raise error_of(grpc.StatusCode.UNAVAILABLE, str(error), address) from None
    except opencue.exception.CueException as error:
        raise error_of(None, str(error), address) from None


def is_lost(error: grpc.RpcError) -> bool:
    """Whether it was the line that ended a call, not an answer."""
    return error.code() in UNREACHABLE or bool(BROKEN_LINE.search(error.details() or ""))


def error_of(code: "grpc.StatusCode | None", details: str, address: str) -> "FarmUnreachable | FarmRefused":
    """The error for a status code and the server's text."""
    if code not in UNREACHABLE and BROKEN_LINE.search(details):
        code = grpc.StatusCode.UNAVAILABLE
    if code in UNREACHABLE:
        reason = next((ours for theirs, ours in REASONS if theirs in details), "nothing answers")
        ended = code != grpc.StatusCode.DEADLINE_EXCEEDED and any(words in details for words in ENDS)
        return (LineEnded if ended else FarmUnreachable)(
            UNREACHABLE[code].format(address=address, reason=reason, way_out=CHECK_ADDRESS)
        )
    if code == grpc.StatusCode.RESOURCE_EXHAUSTED and details.startswith(TROUBLE):
        return FarmInTrouble(details)
    if NO_DATABASE.search(details):
        return DatabaseAway(f"The farm at {address} has lost its database; try again when it is back.")
    if code == grpc.StatusCode.UNIMPLEMENTED:
        return FarmRefused(f"What answers at {address} does not know this call; is it a Cuebot, and a current one?")
    for theirs, ours, way_out in WAYS_OUT:
        match = re.search(theirs, details)
        if match:
            text = match.expand(ours) if ours else details
            kind = JobNameTaken if theirs == PENDING else FarmRefused
            return kind(f"The farm at {address} refused: {_sentence(text)} {way_out}")
    return FarmRefused(f"The farm at {address} refused: {_sentence(details)}")


def _sentence(details: str) -> str:
    for prefix in PREFIXES:
        details = details.removeprefix(prefix)
    text = " ".join(details.split()) or "it gave no reason"
    return text if text.endswith((".", "!", "?")) else f"{text}."
