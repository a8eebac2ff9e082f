# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A table of rows that grew in steps: taking one more step copies nothing of what was there."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from functools import cached_property

Row = tuple[float, ...]
Layer = Mapping[int, Row]


class LayeredRows(Mapping[int, Row]):
    """Rows by frame out of layers, of which the later wins. Unchangeable; put together when first looked at."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers: tuple[Layer, ...] = tuple(
            inner for layer in layers for inner in (layer._layers if isinstance(layer, LayeredRows) else (layer,))
        )

    @cached_property
    def _table(self) -> Layer:
        if len(self._layers) == 1:
            return self._layers[0]
        table: dict[int, Row] = {}
        for layer in self._layers:
            table.update(layer)
        return table

    def __getitem__(self, frame: int) -> Row:
        return self._table[frame]

    def __iter__(self) -> Iterator[int]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def __bool__(self) -> bool:
        return any(self._layers)

    def __repr__(self) -> str:
        return repr(dict(self._table))

    def keys(self) -> KeysView[int]:
        """The frames."""
        return self._table.keys()

    def values(self) -> ValuesView[Row]:
        """The rows."""
        return self._table.values()

    def items(self) -> ItemsView[int, Row]:
        """Both."""
        return self._table.items()


def with_layer(layers: Sequence[dict[int, Row]], newest: dict[int, Row]) -> list[dict[int, Row]]:
    """The layers and one more, small ones put together so that there are never many: each row moves a few times.

    None of the given dictionaries is changed.
    """
    grown = [*layers, newest]
    while len(grown) > 1 and 2 * len(grown[-1]) >= len(grown[-2]):
        last = grown.pop()
        grown[-1] = {**grown[-1], **last}
    return grown
