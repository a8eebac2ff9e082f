# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg probe``: media facts."""

from typing import TYPE_CHECKING

import click

from cueffmpeg_gui.cli.options import as_json
from cueffmpeg_gui.cli.output import print_json, print_table

if TYPE_CHECKING:
    from cueffmpeg_gui.media.facts import ClipFacts


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(probe)


@click.command()
@click.argument("path")
@as_json
def probe(path: str, as_json: bool) -> None:
    """Show what PATH is: size, rate, frames, colour, sound, timecode; refuse what is damaged."""
    from cueffmpeg_gui.media.documents import to_plain
    from cueffmpeg_gui.probe import probe_clip

    facts = probe_clip(path, decode=True)
    if as_json:
        print_json(to_plain(facts))
        return
    print_table(("FACT", "VALUE"), _rows(facts))


def _rows(facts: "ClipFacts") -> list[tuple[str, str]]:
    video = facts.video
    tags = video.tags
    rows = [
        ("file", facts.path),
        ("container", f"{facts.container}, {facts.bytes} bytes, {float(facts.duration):.3f} s"),
        ("picture", f"{video.codec} {video.size}, {video.pix_fmt} ({video.depth} bits), pixel {video.sample_aspect}"),
        ("frames", f"{video.frames} at {video.rate} a second{'' if video.constant_rate else ' (variable)'}"),
        ("colour", f"matrix {tags.matrix}, primaries {tags.primaries}, transfer {tags.transfer}, range {tags.range}"),
        ("timecode", facts.timecode or "none"),
    ]
    flags = {"interlaced": video.interlaced, "alpha": video.has_alpha, "RGB": video.is_rgb}
    rows.append(("also", ", ".join(name for name, is_so in flags.items() if is_so) or "nothing special"))
    if video.rotation:
        rows.append(("rotation", f"{video.rotation} degrees, honoured"))
    sounds = [f"{a.codec} {a.layout} {a.sample_rate} Hz, {float(a.duration):.3f} s" for a in facts.audio]
    return rows + [("sound", sound) for sound in sounds or ["none"]]
