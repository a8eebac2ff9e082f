# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Send ffmpeg work to an OpenCue farm and see, frame by frame, what it did to the picture.

A map of the package, from the bottom up (an arrow never points down; tests/test_architecture.py keeps it):

- errors     what can go wrong, as sentences
- media      what ffmpeg does: timing, presets, codecs, metrics, scores, command lines, running
- jobs       what a job is: spec, plan, names, job folder
- worker     runs one frame on a render host (ships as worker.pyz, standard library only)
- sequences  image sequences: notation, files, headers
- probe      media facts through PyAV
- localfarm  the embedded farm: Cuebot's protocol on loopback
- farm       the only room that knows OpenCue: launch, monitor, actions, logs
- api        the Python API
- cli        thin commands over api
"""

__version__ = "0.1.0"
