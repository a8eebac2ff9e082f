# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a choice to one transform of OpenColorIO: out of the source's pixels, by looks, to the display."""

import os
from dataclasses import dataclass

import PyOpenColorIO as Ocio

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.view import CINEON, LINEAR
from cueffmpeg_gui.ocio.choice import BUILTIN, ViewChoice
from cueffmpeg_gui.ocio.configs import find_space, find_view, load_config, told

# Kodak's Cineon: codes of 1023 for black and white, density of a code, gamma of the film (SMPTE ST 268's "printing
# density"; as in the Cineon file format's own description).
BLACK, WHITE, CODES, DENSITY, GAMMA = 95.0, 685.0, 1023.0, 0.002, 0.6
# What an EXR is by its own specification where it says nothing of its primaries.
REC709 = "Linear Rec.709 (sRGB)"
# The built-in config's usual views: linear light as every viewer shows it that knows no config; as a print what holds
# highlights beyond a screen's white.
BEYOND = ("log", "hdr-video")
AS_IT_IS, PRINT = "Un-tone-mapped", "ACES 2.0 - SDR 100 nits (Rec.709)"
CDL_ENDINGS = (".cc", ".ccc", ".cdl")


@dataclass(frozen=True)
class Pipeline:
    """A transform in its config; whether its input is light without an end, and what it is in words."""

    config: Ocio.Config
    transform: Ocio.Transform
    is_linear: bool
    space: str
    display: str
    view: str

    @property
    def processor(self) -> Ocio.Processor:
        """OpenColorIO's own, as exact as it can be."""
        with told(f"The view {self.view} of {self.space} cannot be made"):
            return self.config.getProcessor(self.transform).getOptimizedProcessor(Ocio.OPTIMIZATION_LOSSLESS)


def build_pipeline(choice: ViewChoice) -> Pipeline:
    """The transform of a choice; raises InputRefused in one sentence."""
    config = load_config(choice.config)
    where = f"The config {config.getName() or choice.config}"
    source = find_space(config, _space_name(choice), where)
    encoding = "log" if choice.space == CINEON else source.getEncoding()
    view = choice.view or (_usual_view(encoding) if choice.config == BUILTIN and not choice.display else "")
    display, view = find_view(config, choice.display, view, where)
    name = source.getName()
    transforms = [_cineon()] if choice.space == CINEON else []
    for path in choice.files:
        lut, name = _file(config, path, name)
        transforms += lut
    if choice.looks:
        transforms.append(Ocio.LookTransform(name, name, choice.looks))
    transforms.append(Ocio.DisplayViewTransform(name, display, view))
    space = "Cineon" if choice.space == CINEON else source.getName()
    return Pipeline(config, Ocio.GroupTransform(transforms), encoding == "scene-linear", space, display, view)


def _space_name(choice: ViewChoice) -> str:
    if choice.space not in (LINEAR, CINEON):
        return choice.space
    return REC709 if choice.config == BUILTIN else Ocio.ROLE_SCENE_LINEAR


def _usual_view(encoding: str) -> str:
    return PRINT if encoding in BEYOND else AS_IT_IS


def _cineon() -> Ocio.Transform:
    """Codes of Cineon to linear light in which white is 1 and black 0."""
    black = 10 ** ((BLACK - WHITE) * DENSITY / GAMMA)
    curve = Ocio.LogAffineTransform(
        logSideSlope=[GAMMA / DENSITY / CODES] * 3,
        logSideOffset=[WHITE / CODES] * 3,
        linSideSlope=[1 - black] * 3,
        linSideOffset=[black] * 3,
        direction=Ocio.TRANSFORM_DIR_INVERSE,
    )
    curve.setBase(10)
    return curve


def _file(config: Ocio.Config, path: str, space: str) -> tuple[list[Ocio.Transform], str]:
    """A file's transform and the space it leaves: a CDL grades where the config says that is done, a LUT takes the
    pixels as they are."""
    if not os.path.isfile(path):
        raise InputRefused(f"The look {path} is not there; name another in color_files.")
    transform = Ocio.FileTransform(src=os.path.abspath(path))
    with told(f"The look {path} cannot be used"):
        config.getProcessor(transform)
    if not path.lower().endswith(CDL_ENDINGS) or not config.hasRole(Ocio.ROLE_COLOR_TIMING):
        return [transform], space
    grading = config.getColorSpace(Ocio.ROLE_COLOR_TIMING).getName()
    return [Ocio.ColorSpaceTransform(space, grading), transform], grading
