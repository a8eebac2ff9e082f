# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg demo``: the main job on the demo clip, on this computer."""

import os
import time

import click

from cueffmpeg_gui.cli.gui import has_screen, load_app
from cueffmpeg_gui.cli.options import settings_of
from cueffmpeg_gui.cli.output import print_line, say
from cueffmpeg_gui.cli.scores import print_scores
from cueffmpeg_gui.cli.waiting import wait_with_bar
from cueffmpeg_gui.errors import HostNotFit

WORST = 5


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(demo)


@click.command()
def demo() -> None:
    """Encode the demo clip to H.264, score it against its source, and show the worst frames; all on this computer."""
    from cueffmpeg_gui.api.review.load import load_review
    from cueffmpeg_gui.api.submit.request import SubmitRequest
    from cueffmpeg_gui.api.submit.submit import prepare, submit_job
    from cueffmpeg_gui.resources import resource

    settings = settings_of(farm="local")
    folder = settings.home.state / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / f"bigbuckbunny_{time.strftime('%H%M%S')}.mp4"
    clip = str(resource("demo/bigbuckbunny.mp4"))
    say(f"encode, then compare: {os.path.basename(clip)}")
    sent = submit_job(
        prepare(SubmitRequest("h264-review-vmaf", clip, output=str(output), name="demo"), settings), settings
    )
    wait_with_bar(settings, sent.id)
    print_line(f"mp4: {sent.output}")
    print_line(f"job: {sent.folder}")
    print_scores(load_review(sent.folder, settings).scores, WORST)
    _show(sent.id, str(folder / "window.png"))


def _show(job_id: str, picture: str) -> None:
    """Opens the window on the job, or saves its picture where there is no screen; the demo is done either way."""
    on_screen = has_screen(os.environ)
    if not on_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # That platform complains of each window that it has no screen.
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    try:
        app = load_app()
    except HostNotFit as error:
        say(str(error))
        return
    if on_screen:
        say("The window shows the job; close it to end.")
        app.run_window("local", dict(os.environ), job_id)
        return
    app.save_picture(picture, dict(os.environ), job_id)
    print_line(f"window: {picture}")
