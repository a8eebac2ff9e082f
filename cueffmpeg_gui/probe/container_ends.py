# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a container promises about its own end, read from its bytes: a cut file may hold nothing but whole packets.

Sources: RFC 9559 (Matroska); SMPTE ST 377-1 (MXF partition packs, random index pack);
ISO/IEC 13818-1 (transport packets).
"""

import os
from collections.abc import Callable
from typing import BinaryIO, Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.open_file import open_regular
from cueffmpeg_gui.probe.ebml import EBML, SEGMENT, read_element

_PARTITION = bytes.fromhex("060e2b34020501010d0102010102")
_RANDOM_INDEX = bytes.fromhex("060e2b34020501010d01020101110100")
_PACK = 88  # bytes of a partition pack, behind its key and length, at the least
_FOOTER = 16 + 4 + _PACK
_RUN_IN = 1 << 16  # bytes of anything before an MXF file's first partition
_TS_PACKETS = (188, 192, 204)
_SYNC = 0x47


def check_end(path: str, container: str) -> None:
    """Raises InputRefused when the file ends before the end that its container promises."""
    promise = next((read for names, read in _PROMISES.items() if names in container), None)
    if promise is None:
        return
    with open_regular(path) as file:
        held = file.seek(0, os.SEEK_END)
        file.seek(0)
        try:
            promised = promise(file, held)
        except (OSError, OverflowError, IndexError):  # lengths that cannot be
            raise InputRefused(f"{path} is damaged: its lengths cannot be; copy or export it again.") from None
    if promised is not None and promised > held:
        raise InputRefused(
            f"{path} is cut off: it promises at least {promised} bytes and holds {held}; copy or export it again."
        )


def _matroska(file: BinaryIO, _held: int) -> Optional[int]:
    """The end of the segment; a file that was written as a stream does not say it."""
    kind, size = read_element(file)
    if kind != EBML or size is None:
        return None
    file.seek(size, os.SEEK_CUR)
    kind, size = read_element(file)
    return file.tell() + size if kind == SEGMENT and size is not None else None


def _mxf(file: BinaryIO, held: int) -> Optional[int]:
    """The end of the footer partition that the header announces, with the metadata and index that the footer announces,
    and of the random index pack when it is there."""
    head = file.read(_RUN_IN + 128)
    start = head.find(_PARTITION)
    if start < 0:
        return None
    pack = _pack_at(head, start)
    footer = _number(head, pack + 24)
    if not footer:  # an open header: it was written without going back
        return None
    file.seek(start + footer)
    foot = file.read(_FOOTER)
    if len(foot) < _FOOTER:
        return start + footer + _FOOTER
    pack = _pack_at(foot, 0)
    # Bytes of fill may lie between; they are not counted.
    end = start + footer + pack + _PACK + _number(foot, pack + 32) + _number(foot, pack + 40)
    return end if end > held or _ends_with_index(file, held) else held + 1


def _pack_at(data: bytes, key: int) -> int:
    """Where the value begins whose key is there: behind its length, of one byte or more."""
    length = key + 16
    return length + 1 + (data[length] & 0x7F if data[length] & 0x80 else 0)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 8], "big")


def _ends_with_index(file: BinaryIO, held: int) -> bool:
    """Whether the last thing in the file is a whole random index pack, or there is none: it is optional."""
    file.seek(max(0, held - 4))
    length = int.from_bytes(file.read(4), "big")
    file.seek(max(0, held - length))
    if file.read(16) == _RANDOM_INDEX:
        return True
    file.seek(max(0, held - _RUN_IN))
    return _RANDOM_INDEX not in file.read()


def _transport(file: BinaryIO, held: int) -> Optional[int]:
    """Whole packets."""
    head = file.read(4 * max(_TS_PACKETS))
    for size in _TS_PACKETS:
        first = size % 188 if size == 192 else 0
        if len(head) > first + 2 * size and all(head[first + n * size] == _SYNC for n in range(3)):
            return -(-held // size) * size
    return None


_PROMISES: dict[str, Callable[[BinaryIO, int], Optional[int]]] = {
    "matroska": _matroska,
    "mxf": _mxf,
    "mpegts": _transport,
}
