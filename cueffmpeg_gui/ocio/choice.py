# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a person chooses of a view, in the words of its config."""

from dataclasses import dataclass

# The ACES studio config that OpenColorIO carries inside.
BUILTIN = "builtin"


@dataclass(frozen=True)
class ViewChoice:
    """`space` is LINEAR, CINEON or a colour space of the config; `config` BUILTIN or a path.

    Display and view are the config's, "" for its usual ones; `looks` are names of its looks, `files` paths of CDLs and
    LUTs.
    """

    space: str
    config: str = BUILTIN
    display: str = ""
    view: str = ""
    looks: str = ""
    files: tuple[str, ...] = ()
