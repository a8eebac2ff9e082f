# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where a farm answers: HOST[:PORT], as users type it."""

import re
from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused, quoted

DEFAULT_PORT = 8443
HOST_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?"
FORM = re.compile(rf"^(?:\[(?P<six>[0-9A-Fa-f:.%a-z]+)\]|(?P<name>{HOST_NAME}))(?::(?P<port>[0-9]{{1,5}}))?$")


@dataclass(frozen=True)
class FarmAddress:
    """A host and a port; str() gives "HOST:PORT", an IPv6 host in brackets."""

    host: str
    port: int = DEFAULT_PORT

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_address(text: str) -> FarmAddress:
    """ "farm", "farm:8443", "10.0.0.5:8443" or "[::1]:8443"; raises InputRefused."""
    match = FORM.match(text.strip())
    port = int(match.group("port") or DEFAULT_PORT) if match else 0
    if not match or not 0 < port < 65536:
        raise InputRefused(
            f"{quoted(text)} is no farm's address; write HOST or HOST:PORT, such as cuebot.example.com:8443."
        )
    return FarmAddress(match.group("six") or match.group("name"), port)
