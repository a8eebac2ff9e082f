# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What may stand where in a job spec: the element and attribute rules of cjsl 1.15, as a table.

Only names and their order are Cuebot's; they are the protocol. `text` elements hold characters and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

NAME_TOKEN = re.compile(r"[\w.\-:\u00b7]+")
DTD_URL = re.compile(r"http://localhost:8080/spcue/dtd/cjsl-1\.([5-9]|1[0-5])\.dtd")


@dataclass(frozen=True)
class Attribute:
    """required; choices: the values an enumeration has, empty for a name token."""

    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Element:
    """children: (name, mark) in order, mark "" "?" "*" or "+"; None for a text element."""

    children: tuple[tuple[str, str], ...] | None = None
    attributes: dict[str, Attribute] = field(default_factory=dict)

    def model(self) -> str:
        """The content model as validating parsers print it."""
        children = self.children or ()
        if len(children) == 1:
            name, mark = children[0]
            return f"({name}){mark}"
        return "(" + ",".join(name + mark for name, mark in children) + ")"

    def misfit(self, names: Sequence[str]) -> int | None:
        """Index of the first child that does not fit, len(names) if one is missing at the end, None if all is well."""
        position = 0
        for name, mark in self.children or ():
            count = 0
            while position < len(names) and names[position] == name and (count == 0 or (mark in "*+" and mark)):
                position += 1
                count += 1
            if count == 0 and mark in ("", "+"):
                return position
        return None if position == len(names) else position


def _in_order(text: str) -> tuple[tuple[str, str], ...]:
    found = re.findall(r"(\w+)([?*+]?)", text)
    return tuple((name, mark) for name, mark in found)


_TOKEN = Attribute()
_LOCALBOOK = dict.fromkeys(("host", "cores", "memory", "threads", "gpu"), _TOKEN)
_DEPENDS = (
    *("LAYER_ON_SIM_FRAME", "PREVIOUS_FRAME", "JOB_ON_JOB", "JOB_ON_LAYER", "JOB_ON_FRAME", "LAYER_ON_JOB"),
    *("LAYER_ON_FRAME", "LAYER_ON_LAYER", "FRAME_ON_JOB", "FRAME_ON_LAYER", "FRAME_ON_FRAME", "FRAME_BY_FRAME"),
)
_TEXTS = (
    *("facility", "dept", "show", "shot", "user", "email", "uid"),
    *("paused", "priority", "maxretries", "maxcores", "maxgpus", "autoeat", "os"),
    *("cmd", "range", "chunk", "cores", "threadable", "memory", "gpus", "gpu", "gpu_memory", "timeout", "timeout_llu"),
    *("tags", "service", "limit", "depjob", "onjob", "deplayer", "onlayer", "depframe", "onframe"),
)

ELEMENTS: dict[str, Element] = {
    **{name: Element() for name in _TEXTS},
    "localbook": Element(attributes=_LOCALBOOK),
    "output": Element(attributes={"name": _TOKEN}),
    "key": Element(attributes={"name": _TOKEN}),
    "spec": Element(_in_order("facility?,dept?,show,shot,user,email?,uid?,job*,depends*")),
    "job": Element(
        _in_order("paused?,priority?,maxretries?,maxcores?,maxgpus?,autoeat?,localbook?,os?,env*,layers?"),
        {"name": _TOKEN},
    ),
    "layers": Element(_in_order("layer+")),
    "layer": Element(
        _in_order(
            "cmd,range,chunk,cores?,threadable?,memory?,gpus?,gpu?,gpu_memory?,timeout?,timeout_llu?,tags?,limits?,"
            "env*,services?,outputs*"
        ),
        {"name": _TOKEN, "type": Attribute(choices=("Render", "Util", "Post"))},
    ),
    "limits": Element(_in_order("limit+")),
    "services": Element(_in_order("service+")),
    "outputs": Element(_in_order("output*")),
    "env": Element(_in_order("key*")),
    "depends": Element(_in_order("depend*")),
    "depend": Element(
        _in_order("depjob,deplayer?,depframe?,onjob,onlayer?,onframe?"),
        {"anyframe": Attribute(required=False), "type": Attribute(choices=_DEPENDS)},
    ),
}
