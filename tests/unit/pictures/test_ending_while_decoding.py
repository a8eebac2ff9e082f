# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A program may end while its threads still decode."""

import subprocess
import sys

from clips import Clips

# Six readers go round a clip for ever; the program ends once each has shown a picture.
PROGRAM = """
import sys, threading
from cueffmpeg_gui.probe import probe_clip
from cueffmpeg_gui.pictures.open_reader import open_reader

clip = probe_clip(sys.argv[1])

def go_round(begun):
    while True:
        reader = open_reader(clip)
        for number in range(clip.video.frames):
            reader.picture(number)
            begun.set()

begun = [threading.Event() for _ in range(6)]
for event in begun:
    threading.Thread(target=go_round, args=(event,), daemon=True).start()
for event in begun:
    event.wait()
"""


def test_a_program_that_ends_while_threads_decode_ends_well(clips: Clips) -> None:
    clip = str(clips("long_gop"))
    for _ in range(3):
        run = subprocess.run([sys.executable, "-c", PROGRAM, clip], capture_output=True, timeout=60, check=False)
        assert (run.returncode, run.stderr) == (0, b"")
