# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The layers of an OpenEXR file that are pictures, and which of them is meant.

A layer is what the names of its channels have before their last dot; in a file of several parts a layer without a name
is called as its part. ffmpeg reads layers of the first part, and finds R, G and B by just these letters.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cueffmpeg_gui.sequences.header import LayerRefused, NotRead, NotThisFormat

# What ffmpeg takes for a picture, in capitals or not; chroma beside luma it leaves out.
COLOURS = ({"R", "G", "B"}, {"X", "Y", "Z"}, {"U", "V", "W"}, {"Y"})
RGB = {"R", "G", "B"}
LUMA_CHROMA = {"RY", "BY"}
# What it takes for each colour, whatever the layer has beside it.
PLACES = {"R": "RXU", "G": "GVY", "B": "BZW"}
LEFT = "left"
# How renderers call the picture itself; the last word of a layer's name counts, the earlier here the more.
BEAUTY = ("beauty", "combined", "rgba", "rgb", "main", "c", LEFT)
UNLIKE = (len(BEAUTY), 0)
# Types of channels by their number in the file, and their bits.
TYPES = ("uint", "half", "float")
TYPE_BITS = (32, 16, 32)
MOST_NAMED = 6


@dataclass(frozen=True)
class Layer:
    """One layer: `prefix` is what its channels' names begin with, `channels` types by the rest of their names.

    `view` is the part's, or that of channels without a layer in a file of several views; "" for none.
    """

    name: str
    prefix: str
    part: int
    channels: Mapping[str, int]
    view: str = ""

    @property
    def letters(self) -> set[str]:
        """Its channels in capitals."""
        return {channel.upper() for channel in self.channels}

    @property
    def is_picture(self) -> bool:
        """Whether ffmpeg could show it."""
        return any(self.letters >= colours for colours in COLOURS)

    @property
    def bits(self) -> int:
        """Bits of the deepest channel that is shown."""
        shown = [kind for channel, kind in self.channels.items() if channel.upper() in "RGBAY"]
        return max((TYPE_BITS[kind] for kind in shown or self.channels.values()), default=0)

    @property
    def has_alpha(self) -> bool:
        """Whether it has transparency."""
        return "A" in self.letters


def layers_of(parts: Sequence[Mapping[str, bytes]]) -> list[Layer]:
    """The layers of all parts, by the attributes of each part's header."""
    found = []
    for number, attributes in enumerate(parts):
        part, view = (attributes.get(name, b"").decode("utf-8", "replace") for name in ("name", "view"))
        groups: dict[str, dict[str, int]] = {}
        for channel, kind in _channels(attributes["channels"]).items():
            prefix, _, rest = channel.rpartition(".")
            groups.setdefault(prefix, {})[rest] = kind
        for prefix, channels in groups.items():
            name = prefix or (part if len(parts) > 1 else "")
            found.append(Layer(name, prefix, number, channels, view or ("" if prefix else _default_view(attributes))))
    return found


def choose_layer(parts: Sequence[Mapping[str, bytes]], asked: str) -> Layer:
    """The layer of that name; without one the obvious picture.

    Raises LayerRefused where it is not there, not told which, or in a part that ffmpeg does not reach.
    """
    layers = layers_of(parts)
    chosen = _named(layers, asked) if asked else _obvious(layers, _default_view(parts[0]).lower())
    if chosen.part:
        raise LayerRefused(
            f"has the layer {chosen.name} in part {chosen.part + 1} of {len(parts)}, and ffmpeg reads the first part "
            f"alone ({_names([layer for layer in layers if not layer.part])}); write each part into files of its own, "
            "or all layers into one part.",
            choosable(layers),
        )
    _check_letters(chosen)
    _check_types(chosen)
    return chosen


def _check_letters(layer: Layer) -> None:
    """Raises NotRead where ffmpeg would take another channel for a colour: of those it knows, the first in order."""
    for colour, letters in PLACES.items() if layer.letters >= RGB else ():
        taken = next(channel for channel in layer.channels if channel.upper() in letters)
        if taken.upper() != colour:
            raise NotRead(
                f"has the channel {taken} before {colour.lower()} in its layer {layer.name or 'without a name'}",
                "write its colours as R, G and B in capitals",
            )


def _check_types(layer: Layer) -> None:
    """Raises NotRead for colours of different types."""
    colours = next((colours for colours in COLOURS if layer.letters >= colours), set())
    kinds = {channel: kind for channel, kind in layer.channels.items() if channel.upper() in colours | {"A"}}
    if len(set(kinds.values())) > 1:
        told = ", ".join(f"{channel} {TYPES[kind]}" for channel, kind in kinds.items())
        raise NotRead(f"has channels of different types in one picture ({told})", "write all of them as one type")


def choosable(layers: Iterable[Layer]) -> tuple[str, ...]:
    """The names of those that can be read as pictures, colours first; "" for the one without a name or view."""
    found = [layer for layer in layers if not layer.part and layer.is_picture]
    return tuple(layer.name or layer.view for layer in sorted(found, key=lambda layer: not layer.letters >= RGB))


def _named(layers: Sequence[Layer], asked: str) -> Layer:
    named = sorted(_meant(layers, asked), key=lambda layer: not layer.is_picture)
    if not named:
        raise LayerRefused(f"has no layer {asked}; it has {_names(layers)}.", choosable(layers))
    if not named[0].is_picture:
        held = ", ".join(sorted(named[0].channels))
        raise LayerRefused(
            f"has no channels R, G, B or Y in its layer {asked} (but {held}), and ffmpeg reads no others; write them "
            "so, or name another layer.",
            choosable(layers),
        )
    return replace(named[0], name=named[0].name or asked)


def _meant(layers: Sequence[Layer], asked: str) -> list[Layer]:
    """Those of that name; else those without one of that view, else the left view of the layer."""
    by_name = [layer for layer in layers if layer.name == asked]
    by_view = [layer for layer in layers if not layer.prefix and layer.view == asked]
    return by_name or by_view or [layer for layer in layers if layer.name.lower() == f"{asked.lower()}.{LEFT}"]


def _obvious(layers: Sequence[Layer], default_view: str) -> Layer:
    """Without a name, else called as beauties are, else the only one; of several views the left."""
    colours = _of_left([layer for layer in layers if layer.letters >= RGB], default_view)
    plain = [layer for layer in colours if not layer.prefix]
    if len(plain) == 1:
        return plain[0]
    best = min(map(_rank, colours), default=UNLIKE)
    beauties = [layer for layer in colours if _rank(layer) == best]
    if len(beauties) == 1 and (best < UNLIKE or len(colours) == 1):
        return beauties[0]
    if colours:
        example = next((layer.name for layer in colours if not layer.part), colours[0].name)
        raise LayerRefused(
            f"holds several layers ({_names(colours)}); name one of them, as in --set layer={example}.",
            choosable(layers),
        )
    gray = next((layer for layer in layers if not layer.prefix and not layer.part and layer.is_picture), None)
    return gray if gray and not gray.letters & LUMA_CHROMA else _none(layers)


def _of_left(layers: list[Layer], default_view: str) -> list[Layer]:
    """Those of the left view, where there are several: by their parts, or by their names beside another default."""
    left = [layer for layer in layers if layer.view.lower() in ("", LEFT)]
    if default_view not in ("", LEFT):
        left = [layer for layer in left if LEFT in layer.name.lower().split(".")]
    return left or layers


def _none(layers: Sequence[Layer]) -> Layer:
    first = [layer for layer in layers if not layer.part]
    if any(layer.letters & LUMA_CHROMA for layer in first):
        raise NotRead("is an EXR of luma and chroma", "write it as R, G and B")
    names = sorted(f"{layer.prefix}.{rest}".lstrip(".") for layer in first for rest in layer.channels)
    raise NotRead(f"is an EXR whose first part has no channels R, G, B or Y (but {', '.join(names[:MOST_NAMED])})",
                  "write the layer that is meant as R, G and B")  # fmt: skip


def _rank(layer: Layer) -> tuple[int, int]:
    """The place of a layer's name among those of beauties, and how many words it has; UNLIKE for any other."""
    words = layer.name.lower().split(".")
    return (BEAUTY.index(words[-1]), len(words)) if words[-1] in BEAUTY else UNLIKE


def _names(layers: Sequence[Layer]) -> str:
    names = list(dict.fromkeys(layer.name or layer.view or "one without a name" for layer in layers))
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _default_view(attributes: Mapping[str, bytes]) -> str:
    """The view of channels without one: the first of a file of several views in one part."""
    data = attributes.get("multiView", b"")
    if len(data) < 4:
        return ""
    (length,) = struct.unpack_from("<i", data)
    return data[4 : 4 + max(0, length)].decode("utf-8", "replace")


def _channels(data: bytes) -> dict[str, int]:
    """Types by channel."""
    kinds: dict[str, int] = {}
    while data and data[0]:
        name, _, rest = data.partition(b"\0")
        text = name.decode("latin-1")
        if not (text.isprintable() and text.isascii()):
            raise NotThisFormat
        if rest[0] >= len(TYPES):
            raise NotThisFormat
        kinds[text] = rest[0]
        data = rest[16:]
    return kinds
