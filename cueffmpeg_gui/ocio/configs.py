# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""OpenColorIO's configs, and its complaints as sentences."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches

import PyOpenColorIO as Ocio

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.ocio.choice import BUILTIN

STUDIO = "ocio://studio-config-latest"


def load_config(name: str) -> Ocio.Config:
    """The config of a path, or the built-in one; raises InputRefused when it is none."""
    if name != BUILTIN and not name.startswith("ocio://") and not os.path.isfile(name):
        raise InputRefused(f"The OpenColorIO config {name} is not there; name another in OCIO or color_config.")
    with told(f"The OpenColorIO config {name} cannot be used"):
        config = Ocio.Config.CreateFromFile(STUDIO if name == BUILTIN else name)
        config.validate()
        return config


def find_space(config: Ocio.Config, name: str, where: str) -> Ocio.ColorSpace:
    """The colour space of a name, role or alias; raises InputRefused with the nearest names."""
    found = config.getColorSpace(name)
    if found is None:
        raise InputRefused(f"{where} has no colour space {quoted(name)}.{_nearest(name, _names(config))}")
    return found


def find_view(config: Ocio.Config, display: str, view: str, where: str) -> tuple[str, str]:
    """A display and one of its views, of those the config's usual one where none is named; raises InputRefused."""
    display = display or config.getDefaultDisplay()
    if display not in config.getDisplays():
        raise InputRefused(f"{where} has no display {quoted(display)}.{_nearest(display, config.getDisplays())}")
    view = view or config.getDefaultView(display)
    if view not in config.getViews(display):
        raise InputRefused(
            f"{where} has no view {quoted(view)} of {display}.{_nearest(view, config.getViews(display))}"
        )
    return display, view


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turns what OpenColorIO raises into InputRefused: what, and why."""
    try:
        yield
    except (Ocio.Exception, Ocio.ExceptionMissingFile) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise InputRefused(f"{what}: {reason}.") from None


def _names(config: Ocio.Config) -> list[str]:
    return [space.getName() for space in config.getColorSpaces()] + [role for role, _ in config.getRoles()]


def _nearest(name: str, names: object) -> str:
    known = list(names)  # type: ignore[call-overload]  # an iterator of OpenColorIO's own kind
    by_lower = {one.lower(): one for one in known}
    close = [by_lower[one] for one in get_close_matches(name.lower(), by_lower, n=1)]
    return f" Did you mean {close[0]!r}?" if close else f" It has: {', '.join(known)}."
