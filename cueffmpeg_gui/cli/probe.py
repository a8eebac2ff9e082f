# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg probe``: media facts."""

from typing import TYPE_CHECKING, Any

import click

from cueffmpeg_gui.cli.options import as_json
from cueffmpeg_gui.cli.output import print_json, print_table
from cueffmpeg_gui.media.gaps import POLICIES, STOP

if TYPE_CHECKING:
    from cueffmpeg_gui.media.facts import ClipFacts, VideoFacts


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(probe)


@click.command()
@click.argument("path")
@click.option("--frame-rate", metavar="RATE", help="Frames a second of an image sequence: 24, 23.976, 24000/1001.")
@click.option(
    "--gaps", type=click.Choice(tuple(POLICIES)), default=STOP, help="Take a sequence that lacks frames, too."
)
@click.option("--layer", default="", metavar="NAME", help="The layer of an EXR; unset: the obvious beauty.")
@as_json
def probe(path: str, frame_rate: str | None, gaps: str, layer: str, as_json: bool) -> None:
    """Show what PATH is: size, rate, frames, colour, sound, timecode; refuse what is damaged.

    An image sequence is named by shot.%04d.dpx, shot.####.dpx, shot.1001-1100#.dpx, one of its files, or its folder.
    """
    from cueffmpeg_gui.api.media import AskedOf, read_facts

    facts = read_facts(path, frame_rate, AskedOf(gaps, layer=layer))
    if as_json:
        print_json(_plain(facts))
        return
    print_table(("FACT", "VALUE"), _rows(facts))


def _plain(facts: "ClipFacts") -> dict[str, Any]:
    """JSON values; what a sequence alone does not say is null."""
    from cueffmpeg_gui.media.documents import to_plain

    plain: dict[str, Any] = to_plain(facts)
    if not facts.video.rate:
        plain["video"]["rate"] = plain["duration"] = None
    return plain


def _rows(facts: "ClipFacts") -> list[tuple[str, str]]:
    video = facts.video
    tags = video.tags
    seconds = f", {float(facts.duration):.3f} s" if video.rate else ""
    rows = [
        ("file", facts.path),
        ("container", f"{facts.container}, {facts.bytes} bytes{seconds}"),
        ("picture", f"{video.codec} {video.size}, {video.pix_fmt} ({video.depth} bits), pixel {video.sample_aspect}"),
        ("frames", _frames(facts)),
        ("colour", f"matrix {tags.matrix}, primaries {tags.primaries}, transfer {tags.transfer}, range {tags.range}"),
        ("timecode", facts.timecode or f"none {facts.unused_timecode}".strip()),
        ("also", _also(video)),
    ]
    if video.rotation or video.mirrored:
        mirrored = ", mirrored" if video.mirrored else ""
        rows.append(("rotation", f"{video.rotation} degrees{mirrored}, honoured"))
    if facts.sequence and facts.sequence.layer:
        rows.append(("layer", facts.sequence.layer))
    if any(video.crop):
        left, top, right, bottom = video.crop
        rows.append(("crop", f"left {left}, top {top}, right {right}, bottom {bottom}, honoured"))
    sounds = [f"{a.codec} {a.layout} {a.sample_rate} Hz, {float(a.duration):.3f} s" for a in facts.audio]
    return rows + [("sound", sound) for sound in sounds or ["none"]]


def _frames(facts: "ClipFacts") -> str:
    video = facts.video
    numbers = f" ({facts.sequence.there or facts.span})" if facts.sequence else ""
    rate = f"at {video.rate} a second" if video.rate else "at a rate that is not said (name it with --frame-rate)"
    return f"{video.frames}{numbers} {rate}{'' if video.constant_rate else ' (variable)'}"


def _also(video: "VideoFacts") -> str:
    flags = {"interlaced": video.interlaced, "alpha": video.has_alpha, "RGB": video.is_rgb}
    return ", ".join(name for name, is_so in flags.items() if is_so) or "nothing special"
