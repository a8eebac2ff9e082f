# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Presets: named sets of values, versioned JSON, in levels where the nearer one wins."""

import glob
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.codecs import AUDIO_CODECS, CODECS, OWN_KEYS, Codec
from cueffmpeg_gui.media.documents import from_plain, read_json, to_plain, write_json
from cueffmpeg_gui.media.kinds import KINDS, JobKind, find_kind
from cueffmpeg_gui.media.metrics import metric_keys
from cueffmpeg_gui.media.parameters import PARAMETERS, read_value, with_defaults
from cueffmpeg_gui.media.thresholds import Threshold, resolve_thresholds
from cueffmpeg_gui.media.value_types import Value

SCHEMA = "cueffmpeg.preset/1"
LEVELS = ("built-in", "site", "show", "user")
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")


@dataclass(frozen=True)
class Preset:
    """A named set of checked values; `level` says where it came from."""

    name: str
    version: int
    kind: str
    title: str
    description: str
    values: dict[str, Any]
    level: str = "user"

    @property
    def job_kind(self) -> JobKind:
        """What a job of this preset does, takes and writes."""
        return KINDS[self.kind]

    @property
    def steps(self) -> tuple[str, ...]:
        """ "encode", "compare" or both, in the order they run."""
        return self.job_kind.steps

    @property
    def label(self) -> str:
        """ "h264-review@1", as it stands in job.json and in the output's metadata."""
        return f"{self.name}@{self.version}"


@dataclass(frozen=True)
class _Document:
    name: str
    version: int
    kind: str
    title: str
    description: str
    values: dict[str, Any]


def read_preset(path: str, level: str) -> Preset:
    """Reads and checks one preset file; raises InputRefused naming the file."""
    document = from_plain(_Document, read_json(path, SCHEMA), path)
    return check_preset(Preset(**vars(document), level=level), path)


def write_preset(preset: Preset, folder: str) -> str:
    """Writes a preset as FOLDER/NAME.json; returns the path."""
    path = os.path.join(folder, preset.name + ".json")
    plain = to_plain(preset)
    plain.pop("level")
    write_json(path, SCHEMA, plain)
    return path


def check_preset(preset: Preset, where: str) -> Preset:
    """The preset with every value checked and defaults filled in; raises InputRefused naming `where` and the key."""
    if not NAME.fullmatch(preset.name):
        raise InputRefused(f"{where}: the preset name {quoted(preset.name)} may hold only a-z, 0-9, '-', '_' and '.'.")
    kind = find_kind(preset.kind, where)
    values = {key: read_value(key, value, where) for key, value in preset.values.items()}
    stray = [key for key in values if PARAMETERS[key].group not in kind.parameter_groups]
    if stray:
        raise InputRefused(f"{where}: {stray[0]} has no meaning in a preset of kind {preset.kind}.")
    filled = with_defaults(values, kind)
    if kind.encodes:
        _check_encode(filled, where)
    thresholds_of(filled, where)
    return replace(preset, values=filled)


def with_settings(preset: Preset, settings: Mapping[str, str]) -> Preset:
    """The preset with some values set anew, as by --set key=value; raises InputRefused."""
    where = f"preset {preset.name}"
    values = {**preset.values}
    for key, text in settings.items():
        values[key] = read_value(key, text, where)
        for other in EXCLUSIVE.get(key, ()):
            if other not in settings:
                values.pop(other, None)
    return check_preset(replace(preset, values=values), where)


# Setting the one takes the place of the others that the preset brought along.
EXCLUSIVE: dict[str, tuple[str, ...]] = {"crf": ("bitrate", "two_pass"), "bitrate": ("crf", "max_bitrate")}


def _check_encode(values: dict[str, Value], where: str) -> None:
    codec = CODECS[str(values["codec"])]
    others = OWN_KEYS - set(codec.keys)
    stray = [key for key, value in values.items() if key in others and value is not False]
    if stray:
        raise InputRefused(f"{where}: {stray[0]} has no meaning for codec {codec.name}.")
    _check_ranges(codec, values, where)
    if codec.has_quality and ("crf" in values) == ("bitrate" in values):
        raise InputRefused(f"{where}: codec {codec.name} needs either crf or bitrate, not both and not neither.")
    if values.get("two_pass") and "bitrate" not in values:
        raise InputRefused(f"{where}: two_pass needs a bitrate; constant quality has nothing to meet in a second pass.")
    pix_fmt = values.setdefault("pix_fmt", codec.pix_fmts[0])
    if pix_fmt not in codec.pix_fmts:
        raise InputRefused(
            f"{where}: pix_fmt is {quoted(pix_fmt)}, but {codec.name} takes {', '.join(codec.pix_fmts)}."
        )
    if not AUDIO_CODECS[str(values["audio_codec"])].goes_with(codec):
        raise InputRefused(f"{where}: {values['audio_codec']} audio does not go with {codec.name} video.")


def _check_ranges(codec: Codec, values: Mapping[str, Value], where: str) -> None:
    for key in codec.keys:
        try:
            if key in values:
                codec.reader_of(key, PARAMETERS[key].read)(values[key])
        except ValueError as error:
            raise InputRefused(
                f"{where}: {key} is {quoted(values[key])}, but for {codec.name} it must be {error}."
            ) from None


def thresholds_of(values: Mapping[str, Any], where: str) -> tuple[Threshold, ...]:
    """What the scores must reach; raises InputRefused naming `where` for a metric that these values do not measure."""
    texts = values.get("thresholds", ())
    return resolve_thresholds(texts, metric_keys(values["models"], values["metrics"]), where) if texts else ()


def output_extensions(values: Mapping[str, Value]) -> tuple[str, ...]:
    """The endings an output of these values may have; the first is the usual one."""
    audio = AUDIO_CODECS[str(values["audio_codec"])].extensions
    return tuple(ending for ending in CODECS[str(values["codec"])].extensions if ending in audio)


def load_presets(folders: Sequence[tuple[str, str]]) -> dict[str, Preset]:
    """Presets of (level, folder) pairs from far to near; of one name the nearer wins.

    A folder that is not there holds none. A broken file, or a second one of the same name at one level, raises
    InputRefused, so nobody works with another preset than the one they think of.
    """
    found: dict[str, Preset] = {}
    for level, folder in folders:
        found.update(_load_folder(level, folder))
    return found


def _load_folder(level: str, folder: str) -> dict[str, Preset]:
    found: dict[str, Preset] = {}
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), "*.json"))):
        preset = read_preset(path, level)
        if preset.name in found:
            raise InputRefused(f"{path} holds another preset {preset.name}; give one of them its own name.")
        found[preset.name] = preset
    return found


def find_preset(presets: Mapping[str, Preset], name: str) -> Preset:
    """The preset of a name; raises InputRefused with the nearest names."""
    if name in presets:
        return presets[name]
    close = get_close_matches(name, presets, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else f" There are: {', '.join(sorted(presets))}."
    raise InputRefused(f"There is no preset {quoted(name)}.{hint}")
