# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg cuegui``: CueGUI with the plugins, for one start or for good."""

import os
from dataclasses import asdict
from typing import Any

import click

from cueffmpeg_gui.cli.options import as_json, settings_of
from cueffmpeg_gui.cli.output import print_json, print_line, say
from cueffmpeg_gui.errors import InputRefused

python = click.option("--python", metavar="PYTHON", help="The Python that has CueGUI; unset: ours, or cuetopia's.")
HERE = {"ignore_unknown_options": True}


def register(group: click.Group) -> None:
    """Adds the commands."""
    group.add_command(cuegui)


class _CueGui(click.Group):
    """A group whose first word, when it is no command, is CueGUI's own."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "start", start, args


@click.group(cls=_CueGui, invoke_without_command=True, context_settings=HERE, subcommand_metavar="[ARGS]... | COMMAND")
@python
@click.option("--commander", is_flag=True, help="Open CueCommander; else it is Cuetopia.")
@click.pass_context
def cuegui(context: click.Context, python: str | None, commander: bool) -> None:
    """Start CueGUI with the plugin loaded, changing no file of yours; ARGS are CueGUI's own."""
    context.obj = (python, "cuecommander" if commander else "cuetopia")
    if context.invoked_subcommand is None:
        context.invoke(start, words=())


@click.command(context_settings={**HERE, "allow_interspersed_args": False}, add_help_option=False)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def start(context: click.Context, words: tuple[str, ...]) -> None:
    from cueffmpeg_gui.api.cuegui.install import plan_start

    python, window = context.obj
    plan = plan_start(settings_of().home, os.environ, python, window)
    command = [*plan.command, *words]
    try:
        os.execvpe(command[0], command, plan.environment)  # CueGUI takes this process's place, and its signals
    except OSError as error:
        raise InputRefused(f"{command[0]} cannot be started: {error.strerror}.") from None


@cuegui.command()
@python
def install(python: str | None) -> None:
    """Load the plugin at every start, and bring the curve's packages where CueGUI lacks them; keeps a backup."""
    from cueffmpeg_gui.api.cuegui.install import install as install_plugin

    for sentence in install_plugin(settings_of().home, os.environ, python):
        print_line(sentence)


@cuegui.command()
def uninstall() -> None:
    """Undo exactly what install did."""
    from cueffmpeg_gui.api.cuegui.install import uninstall as uninstall_plugin

    for sentence in uninstall_plugin(settings_of().home):
        print_line(sentence)


@cuegui.command()
@python
@as_json
def status(python: str | None, as_json: bool) -> None:
    """Show what is installed where, and what CueGUI's Python lacks."""
    from cueffmpeg_gui.api.cuegui.install import status as status_of

    found = status_of(settings_of().home, os.environ, python)
    if as_json:
        print_json(asdict(found))
        return
    if found.trouble:
        say(f"warning: {found.trouble}")
    gui = found.cuegui
    for name, value in (
        ("installed", "yes" if found.is_listed and found.version else "no"),
        ("settings", found.settings),
        ("plugin", f"{found.folder}  {found.version or '(not there)'}"),
        ("cuegui", f"{gui.version or 'of no known version'}  in {gui.python}" if gui else "not found"),
        ("qt", gui.qt or "unknown" if gui else ""),
        ("curve", f"lacks {', '.join(found.missing)}" if found.missing else "has what it needs" if gui else ""),
    ):
        if value:
            print_line(f"{name:10} {value}")
