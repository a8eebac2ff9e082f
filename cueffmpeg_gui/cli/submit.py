# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg submit``: from a preset and media to a job."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from cueffmpeg_gui.cli.options import as_json, farm, settings_of
from cueffmpeg_gui.cli.output import print_json, print_line, print_table, printable, say

if TYPE_CHECKING:
    from cueffmpeg_gui.api.submit.pair_preview import PairPreview
    from cueffmpeg_gui.api.submit.submit import Prepared
    from cueffmpeg_gui.settings import Settings


ASKED = (
    "source", "reference", "output", "audio", "frame_rate", "frames", "chunk", "timecode", "gaps", "name", "priority",
    "paused", "tags", "limits", "existing",
)  # fmt: skip


# What a job folder says itself.
OF_A_JOB = tuple(name for name in ASKED if name != "existing")
# Options that are values of the preset as well.
OF_THE_PRESET = ("chunk", "timecode", "gaps")
COMMANDLINE = click.core.ParameterSource.COMMANDLINE


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(submit)


@click.command()
@click.argument("preset", required=False)
@click.option("--source", metavar="PATH", help="The clip to encode, or the encode to compare.")
@click.option("--reference", metavar="PATH", help="What the encode is compared with.")
@click.option("--output", metavar="PATH", help="Where the encode goes; unset: beside the source.")
@click.option("--replace", "existing", flag_value="replace", help="Replace a file that is at the output's name.")
@click.option("--number", "existing", flag_value="number", help="Number the output when a file is at its name.")
@click.option("--audio", metavar="PATH", help="The sound, in a file of its own.")
@click.option("--frame-rate", metavar="RATE", help="Frames a second of an image sequence: 24, 23.976, 24000/1001.")
@click.option("--frames", metavar="FIRST-LAST", help="Only these frames: a sequence's numbers; a clip's count from 1.")
@click.option("--chunk", metavar="N|auto|none", help="Frames a chunk; chunks run on many hosts at once.")
@click.option("--timecode", metavar="HH:MM:SS:FF", help="Timecode of the source's first frame.")
@click.option("--gaps", metavar="stop|hold|black|only", help="Frames that a sequence lacks: refuse, or fill them.")
@click.option("--from", "from_folder", metavar="JOB_FOLDER", help="Submit the job of a job folder again.")
@click.option("--name", help="The job's name; unset: the source's.")
@click.option("--show", help="The show the job belongs to.")
@click.option("--shot", help="The shot the job belongs to.")
@click.option("--user", help="The user the job belongs to.")
@click.option("--priority", type=click.IntRange(1, 10000), default=100, show_default=True, help="Higher runs first.")
@click.option("--tags", default="", metavar="A,B", help="Only hosts with one of these tags run it.")
@click.option("--limits", default="", metavar="A,B", help="The farm's limits that count it.")
@click.option("--paused", is_flag=True, help="Submit it paused.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Change a value of the preset.")
@farm
@click.option("--dry-run", is_flag=True, help="Show layers, depends, commands and the spec; write and send nothing.")
@click.option("--wait", is_flag=True, help="Wait for the end of the job; exit with 5 when it fails.")
@as_json
def submit(preset: str | None, from_folder: str | None, dry_run: bool, wait: bool, as_json: bool, **given: Any) -> None:
    """Submit PRESET as a job."""
    from cueffmpeg_gui.api.submit.existing_output import REFUSE
    from cueffmpeg_gui.api.submit.request import SubmitRequest
    from cueffmpeg_gui.api.submit.submit import prepare, prepare_again

    _check_usage(preset, from_folder, given)
    given["existing"] = given["existing"] or REFUSE
    settings = settings_of(**{key: given[key] for key in ("show", "shot", "user", "farm")})
    if from_folder:
        prepared = prepare_again(from_folder, settings, given["existing"])
    else:
        asked = {key: given[key] for key in ASKED}
        prepared = prepare(SubmitRequest(preset=str(preset), values=_pairs(given["settings"]), **asked), settings)
    if dry_run:
        _show(prepared, as_json)
        return
    _send(prepared, settings, wait, as_json)


def _check_usage(preset: str | None, from_folder: str | None, given: Mapping[str, Any]) -> None:
    if bool(preset) == bool(from_folder):
        raise click.UsageError("Name a preset, or a job folder with --from.")
    if preset and not given["source"]:
        raise click.UsageError("Name the clip with --source.")
    for name in OF_THE_PRESET:
        option, value = given[name], _pairs(given["settings"]).get(name)
        if None not in (option, value) and option != value:
            raise click.UsageError(f"--{name} {option} and --set {name}={value} contradict each other; give one.")
    context = click.get_current_context()
    said = [name for name in (*OF_A_JOB, "settings") if context.get_parameter_source(name) is COMMANDLINE]
    if from_folder and said:
        option = "--set" if said[0] == "settings" else f"--{said[0].replace('_', '-')}"
        raise click.UsageError(f"--from sends the job as its folder says; {option} cannot be given with it.")


def _pairs(settings: Sequence[str]) -> dict[str, str]:
    for setting in settings:
        if "=" not in setting:
            raise click.UsageError(f"--set takes KEY=VALUE, not {setting!r}.")
    return dict(setting.split("=", 1) for setting in settings)


def _send(prepared: "Prepared", settings: "Settings", wait: bool, as_json: bool) -> None:
    from cueffmpeg_gui.api.submit.submit import submit_job
    from cueffmpeg_gui.cli.waiting import wait_with_bar

    for note in prepared.plan.notes:
        say(f"note: {note}")
    say(f"job: {prepared.spec.placement.name}")
    sent = submit_job(prepared, settings)
    if as_json:
        print_json(asdict(sent))
    else:
        print_line(f"sent {sent.job} ({', '.join(sent.layers)}) in {sent.folder}")
    if wait:
        wait_with_bar(settings, sent.id)
        say(f"done: {printable(sent.output or sent.folder)}")


def _show(prepared: "Prepared", as_json: bool) -> None:
    from cueffmpeg_gui.api.submit.pair_preview import look_at_pair, preview_document
    from cueffmpeg_gui.jobs.plan import frame_command, preview_commands
    from cueffmpeg_gui.media.documents import to_plain

    pair = look_at_pair(prepared.spec, prepared.tables)
    layers = [
        {
            **to_plain(layer),
            "cue_frames": list(layer.cue_frames),
            "command": frame_command(prepared.folder, layer.name),
            "ffmpeg": preview_commands(prepared.spec, layer.name),
        }
        for layer in prepared.plan.layers
    ]
    depends = to_plain(prepared.plan.depends)
    place = prepared.spec.placement
    if as_json:
        head = {"job": place.name, "folder": prepared.folder, "output": prepared.spec.output}
        notes = list(prepared.plan.notes)
        seen = {"pair": preview_document(pair) if pair else None}
        print_json({**head, "notes": notes, **seen, "layers": layers, "depends": depends, "spec": prepared.xml})
        return
    print_line(f"job      {place.name}")
    print_line(f"folder   {prepared.folder}")
    print_line(f"output   {prepared.spec.output or '-'}")
    for note in prepared.plan.notes:
        print_line(f"note     {note}")
    _show_pair(pair)
    for layer in layers:
        frames = layer["cue_frames"]
        print_line()
        print_line(f"layer    {layer['name']}  frames {', '.join(map(str, frames[:8]))}{' …' if frames[8:] else ''}")
        print_line(f"         {layer['cores']} cores, {layer['memory_mb']} MB")
        print_line(f"         {layer['command']}")
        for argv in layer["ffmpeg"]:
            print_line(f"         {printable(shlex.join(argv))}")
    for depend in depends:
        print_line()
        print_line(f"depend   {depend['layer']} waits for {depend['on']}")
    print_line()
    for line in prepared.xml.split("\n"):
        print_line(line)


def _show_pair(pair: "PairPreview | None") -> None:
    if pair is None:
        return
    print_line()
    names = ("PAIR", "ENCODE", "REFERENCE", "")
    print_table(names, ((row.fact, row.encode, row.reference, "differs" if row.differs else "") for row in pair.rows))
    print_line(f"{'warning' if pair.is_grave else 'looked at'}: {printable(pair.sentence)}")
