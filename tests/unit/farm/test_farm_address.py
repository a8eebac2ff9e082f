# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.address import FarmAddress, parse_address

GOOD = {
    "farm": ("farm", 8443),
    " farm:80 ": ("farm", 80),
    "cuebot.example.com:8443": ("cuebot.example.com", 8443),
    "10.0.0.5": ("10.0.0.5", 8443),
    "[::1]": ("::1", 8443),
    "[fe80::1%eth0]:99": ("fe80::1%eth0", 99),
}
JUNK = [
    "",
    ":",
    ":80",
    "farm:",
    "farm:0",
    "farm:65536",
    "farm:x",
    "::1",
    "http://farm",
    "a b",
    "-x",
    "farm:80:80",
    "[::1",
]


@pytest.mark.parametrize(("text", "parts"), GOOD.items())
def test_reads_an_address(text: str, parts: tuple[str, int]) -> None:
    assert parse_address(text) == FarmAddress(*parts)


@pytest.mark.parametrize("text", JUNK)
def test_refuses_junk_and_shows_the_form(text: str) -> None:
    with pytest.raises(InputRefused, match="HOST:PORT"):
        parse_address(text)


@given(st.sampled_from(["farm", "10.1.2.3", "::1", "fe80::2"]), st.integers(1, 65535))
def test_what_is_written_is_read_back(host: str, port: int) -> None:
    assert parse_address(str(FarmAddress(host, port))) == FarmAddress(host, port)
