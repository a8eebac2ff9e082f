# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""All sources of the corpus."""

from clip_sources import CLIPS
from odd_sources import ODDITIES
from source import Source
from still_sources import STILLS

SOURCES: list[Source] = [*CLIPS, *STILLS, *ODDITIES]
