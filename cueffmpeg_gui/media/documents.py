# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frozen dataclasses to and from plain JSON values, strictly: an unknown or missing key is an error, not a surprise."""

import dataclasses
import json
import os
import re
import tempfile
from fractions import Fraction
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.open_file import SMALL_DOCUMENT, read_limited

T = TypeVar("T")
# Python would reckon with the digits of 1e999999999 for hours.
FRACTION = re.compile(r"-?[0-9]{1,400}(/[0-9]{1,400})?")
# What one document may hold of numbers, texts, lists and objects, each of which takes memory of its own.
MOST_VALUES = 12_000_000


def to_plain(value: Any) -> Any:
    """A dataclass (nested, with tuples and fractions) as JSON values; a Fraction becomes "24000/1001"."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: type[T], data: Any, where: str = "document") -> T:
    """The inverse of to_plain.

    Raises InputRefused naming the place (`where`) when the data is not of the shape.
    """
    return _read(kind, data, where)  # type: ignore[no-any-return]


def _read(kind: Any, data: Any, where: str) -> Any:
    origin = get_origin(kind)
    if kind is Any:
        return data
    if origin is Union:
        return _read_optional(kind, data, where)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _read_dataclass(kind, data, where)
    if origin is tuple:
        return _read_tuple(kind, data, where)
    if origin is dict:
        value_kind = get_args(kind)[1]
        return {key: _read(value_kind, item, f"{where}.{key}") for key, item in _expect(data, dict, where).items()}
    return _read_scalar(kind, data, where)


def _read_optional(kind: Any, data: Any, where: str) -> Any:
    inner = [arg for arg in get_args(kind) if arg is not type(None)]
    return None if data is None else _read(inner[0], data, where)


def _read_dataclass(kind: type[Any], data: Any, where: str) -> Any:
    _expect(data, dict, where)
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    unknown = sorted(set(data) - set(names))
    required = [f.name for f in dataclasses.fields(kind) if _has_no_default(f)]
    missing = sorted(set(required) - set(data))
    if unknown or missing:
        raise InputRefused(f"{where} cannot be read: unknown keys {quoted(unknown)}, missing keys {missing}.")
    values = {name: _read(hints[name], data[name], f"{where}.{name}") for name in names if name in data}
    try:
        return kind(**values)
    except InputRefused as refused:
        raise InputRefused(f"{where}: {refused}") from None


def _has_no_default(field: Any) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _read_tuple(kind: Any, data: Any, where: str) -> tuple[Any, ...]:
    args = get_args(kind)
    items: list[Any] = _expect(data, list, where)
    kinds = [args[0]] * len(items) if args[-1] is Ellipsis else list(args)
    if len(kinds) != len(items):
        raise InputRefused(f"{where} has {len(items)} entries where {len(kinds)} belong.")
    return tuple(_read(item_kind, item, f"{where}[{i}]") for i, (item_kind, item) in enumerate(zip(kinds, items)))


def _read_scalar(kind: Any, data: Any, where: str) -> Any:
    if kind is Fraction:
        try:
            return Fraction(FRACTION.fullmatch(_expect(data, str, where)).group())  # type: ignore[union-attr]
        except (AttributeError, ZeroDivisionError):
            raise InputRefused(f"{where} is {quoted(data)}, which is no fraction.") from None
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return _read_float(data, where)
    return _expect(data, kind, where)


def _read_float(data: int, where: str) -> float:
    try:
        return float(data)
    except OverflowError:
        raise InputRefused(f"{where} is {quoted(data)}, which is too large a number.") from None


def _expect(data: Any, kind: Any, where: str) -> Any:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise InputRefused(f"{where} is {quoted(data)}, where {kind.__name__} belongs.")
    return data


def load_json(content: bytes, encoding: str = "utf-8") -> Any:
    """json.loads, but Python's lock is let go at each object: a window goes on while a film's scores are read.

    Raises ValueError or RecursionError.
    """
    check_values(content, (b",", b"{", b"["))
    return json.loads(content.decode(encoding), object_hook=_as_it_is)


def check_values(content: bytes, marks: tuple[bytes, ...]) -> None:
    """Raises ValueError when there are so many of the marks, one a value, that reading it would take all memory."""
    if sum(map(content.count, marks)) > MOST_VALUES:
        raise ValueError(f"it holds more than {MOST_VALUES:,} values")


def _as_it_is(data: dict[str, Any]) -> dict[str, Any]:
    return data


def read_json(path: str, schema: str, most: int = SMALL_DOCUMENT) -> dict[str, Any]:
    """A JSON object whose "schema" is `schema` ("name/version"), without that key.

    Raises InputRefused in one sentence: not there, no file, larger than `most` bytes, not JSON, another schema, a
    newer version.
    """
    content = read_limited(path, most)
    try:
        data = load_json(content)
    except (ValueError, RecursionError) as error:
        raise InputRefused(f"{path} is not JSON ({error}).") from None
    if not isinstance(data, dict):
        raise InputRefused(f"{path} holds no JSON object.")
    check_schema(data.pop("schema", None), schema, path)
    return data


def check_schema(found: Any, wanted: str, where: str) -> None:
    """Raises InputRefused unless `found` is `wanted`; says so when it is only newer than this program."""
    if found == wanted:
        return
    name, _, version = wanted.partition("/")
    found_name, _, found_version = str(found).partition("/")
    if found_name == name and re.fullmatch("[0-9]+", found_version) and int(found_version) > int(version):
        raise InputRefused(
            f"{where} was written by a newer cueffmpeg ({found[:40]}); this one reads {wanted}: update it."
        )
    raise InputRefused(f"{where} is no {name} document (its schema is {quoted(found)}).")


def write_json(path: str, schema: str, data: dict[str, Any]) -> None:
    """Writes {"schema": schema, **data} whole or not at all: a part beside it, then a rename."""
    write_atomically(path, json_bytes(schema, data))


def json_bytes(schema: str, data: dict[str, Any]) -> bytes:
    """The document as it stands in a file: ASCII only, so a path that is not UTF-8 survives as a surrogate escape."""
    return (json.dumps({"schema": schema, **data}, indent=1) + "\n").encode("ascii")


def write_atomically(path: str, content: bytes) -> None:
    """Writes a file so that its name never stands for half of it."""
    folder = os.path.dirname(path)
    handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o666 & ~_umask())
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
