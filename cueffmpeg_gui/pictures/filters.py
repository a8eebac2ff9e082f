# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures as they are shown: turned, of one size for both clips, RGB by the clip's own matrix and range."""

from fractions import Fraction
from typing import Any

import av.filter

from cueffmpeg_gui.media.chroma_sites import site_options
from cueffmpeg_gui.media.colour import Colour, scale_matrix
from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.filters import SCALE_FLAGS
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.shown import show_filters


def reference_chain(video: VideoFacts, geometry: Geometry) -> list[str]:
    """The filters that do to the reference what the encode did before it scaled."""
    return [*show_filters(video), *geometry.fix_filter]


def encode_chain(video: VideoFacts, geometry: Geometry) -> list[str]:
    """The filters that crop and turn an encode as it is shown, and leave the part that is compared."""
    return [*show_filters(video), *geometry.encode_filter]


def to_rgb(colour: Colour, size: tuple[int, int], pix_fmt: str, flags: str = "bicubic", site: str = "") -> list[str]:
    """The filters from pixels of these colours, and chroma at `site`, to full-range RGB of a size."""
    matrix = [] if colour.matrix == "gbr" else [f"in_color_matrix={scale_matrix(colour.matrix)}"]
    options = [f"{size[0]}:{size[1]}", *site_options(site, ""), *matrix, f"in_range={colour.range}", "out_range=pc"]
    return [f"scale={':'.join(options)}:flags={flags}{SCALE_FLAGS}", f"format={pix_fmt}"]


class Filters:
    """A chain of filters that is kept while the pictures put in stay of one kind."""

    def __init__(self, chain: list[str]) -> None:
        self._chain = chain
        self._kind: tuple[object, ...] = ()

    def __call__(self, frame: Any) -> Any:
        """The picture that comes out."""
        kind = (frame.width, frame.height, frame.format.name)
        if kind != self._kind:
            self._graph, self._kind = self._build(frame), kind
        self._graph.vpush(frame)
        return self._graph.vpull()

    def _build(self, frame: Any) -> Any:
        graph = av.filter.Graph()
        at = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or Fraction(1)
        )
        nodes = [at, *(graph.add(*text.partition("=")[::2]) for text in self._chain), graph.add("buffersink")]
        graph.link_nodes(*nodes)
        graph.configure()
        return graph
