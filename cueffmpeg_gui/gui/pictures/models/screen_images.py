# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures as the window paints them: in full size and halved repeatedly, so that painting scales little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QSize, Qt
from qtpy.QtGui import QImage

if TYPE_CHECKING:
    from cueffmpeg_gui.api.review.pictures import NativePixels, ScreenPicture

SIDES = REFERENCE, ENCODE = ("reference", "encode")
# The smallest image is not narrower than this.
NARROWEST = 480
# The colour of no difference.
GREY = 128


@dataclass(frozen=True)
class ImagePyramid:
    """One picture in full size, half size, a quarter, …"""

    images: tuple[QImage, ...]

    @property
    def size(self) -> QSize:
        """The full size."""
        return self.images[0].size()

    def for_width(self, width: float) -> QImage:
        """The smallest image that need not be enlarged to this width, else the full one."""
        return next((image for image in reversed(self.images) if image.width() >= width), self.images[0])


@dataclass(frozen=True)
class SideImage:
    """One clip's picture of a frame: to paint, to read values from, and its facts ("P, 12.4 kB"; a sentence)."""

    pyramid: ImagePyramid
    native: NativePixels
    facts: str
    facts_sentence: str

    def values_at(self, x: float, y: float) -> str:
        """ "Y 63 Cb 102 Cr 240 (8-bit) · RGB 255 0 0" at a point in fractions of the sides."""
        image = self.pyramid.images[0]
        colour = image.pixelColor(
            min(image.width() - 1, int(x * image.width())), min(image.height() - 1, int(y * image.height()))
        )
        rgb = f"RGB {colour.red()} {colour.green()} {colour.blue()}"
        return " · ".join(filter(None, (self.native.at(x, y), rgb)))


@dataclass(frozen=True)
class Pictures:
    """What is shown of a frame: for each side its image, or the sentence why there is none."""

    frame: int
    timecode: str
    sides: dict[str, SideImage | str]
    difference: ImagePyramid | None = None
    gain: int = 0

    @property
    def images(self) -> tuple[SideImage, SideImage] | None:
        """Reference and encode; None unless both have an image."""
        reference, encode = self.sides[REFERENCE], self.sides[ENCODE]
        return (reference, encode) if isinstance(reference, SideImage) and isinstance(encode, SideImage) else None

    @property
    def troubles(self) -> list[str]:
        """Why sides have no image."""
        return [image for image in self.sides.values() if isinstance(image, str)]


def side_image_of(picture: ScreenPicture) -> SideImage:
    """Prepares a picture for painting; call it in a task."""
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32).copy()
    return SideImage(image_pyramid_of(image), picture.native, picture.facts.short, picture.facts.sentence)


def image_pyramid_of(image: QImage) -> ImagePyramid:
    """The image, halved repeatedly."""
    images = [image]
    while images[-1].width() >= 2 * NARROWEST:
        half = QSize(images[-1].width() // 2, max(1, images[-1].height() // 2))
        mode = Qt.TransformationMode.SmoothTransformation
        images.append(images[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
    return ImagePyramid(tuple(images))


def difference_of(reference: SideImage, encode: SideImage, gain: int) -> ImagePyramid:
    """Encode less reference, times `gain`, around grey: lighter where the encode is lighter. Call it in a task."""
    one, other = (_bytes_of(side.pyramid.images[0]) for side in (reference, encode))
    found = np.clip((other.astype(np.int16) - one) * np.int16(gain) + GREY, 0, 255).astype(np.uint8)
    found[..., 3] = 255
    height, width = found.shape[:2]
    return image_pyramid_of(QImage(found.data, width, height, width * 4, QImage.Format.Format_RGB32).copy())


def _bytes_of(image: QImage) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)
