# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Makes a farm know our service and limits: ``python register.py HOST[:PORT] [--tag TAG]... [--limit NAME=FRAMES]...``.

Idempotent: what is there is brought to what is wanted, and each line printed says what was done.
"""

import argparse
import sys
from collections.abc import Sequence

import opencue
from opencue_proto import service_pb2

from cueffmpeg_gui.jobs.plan import BASE_MEMORY_MB, SERVICE

TIMEOUT_SECONDS = 20
KB = 1024
# What a layer asks for itself goes first; these are for layers that ask for nothing.
WANTED = {
    "threadable": False,
    "min_cores": 100,
    "max_cores": 0,
    "min_memory": BASE_MEMORY_MB * KB,
    "min_memory_increase": BASE_MEMORY_MB * KB,
}


def register_service(tags: Sequence[str]) -> str:
    """Makes the service, or changes it; what was done."""
    found = opencue.api.getService(SERVICE)
    data = found.data if found else service_pb2.Service(name=SERVICE)
    is_right = all(getattr(data, name) == value for name, value in WANTED.items()) and list(data.tags) == list(tags)
    if found and is_right:
        return "as wanted"
    for name, value in WANTED.items():
        setattr(data, name, value)
    data.tags[:] = tags
    if found:
        found.update()
        return "changed"
    opencue.api.createService(data)
    return "made"


def register_limit(name: str, frames: int) -> str:
    """Makes the limit, or changes how many cue frames it lets run at once; what was done."""
    known = {limit.name(): limit for limit in opencue.api.getLimits()}
    if name not in known:
        opencue.api.createLimit(name, frames)
        return "made"
    if known[name].maxValue() == frames:
        return "as wanted"
    known[name].setMaxValue(frames)
    return "changed"


def main(arguments: Sequence[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make a farm know the service cueffmpeg, and limits.")
    parser.add_argument("cuebot", metavar="HOST[:PORT]")
    parser.add_argument("--tag", action="append", help="hosts for layers that name no tags (general)")
    parser.add_argument(
        "--limit", action="append", default=[], type=read_limit, metavar="NAME=FRAMES", help="cue frames at once"
    )
    asked = parser.parse_args(arguments)
    opencue.Cuebot.setHosts([asked.cuebot])
    opencue.Cuebot.setTimeout(TIMEOUT_SECONDS)
    say(f"service {SERVICE}: {register_service(asked.tag or ['general'])}")
    for name, frames in asked.limit:
        say(f"limit {name}: {register_limit(name, frames)}, {frames} frames at once")


def read_limit(text: str) -> tuple[str, int]:
    """Name and number out of NAME=FRAMES."""
    name, _, frames = text.partition("=")
    if not name or not frames.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=FRAMES")
    return name, int(frames)


def say(line: str) -> None:
    """Prints a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
