# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Send ffmpeg work to an OpenCue farm and see, frame by frame, what it did to the picture.

A map of the package, from the bottom up (an arrow never points down; tests/test_architecture.py keeps it):

- errors     what can go wrong, as sentences
- media      what ffmpeg does: timing, presets, codecs, metrics, scores, command lines, running
- jobs       what a job is: spec, plan, names, job folder
- worker     runs one frame on a render host (ships as worker.pyz, standard library only)
- localfarm  the embedded farm: Cuebot's protocol on loopback
- farm       the only room that knows OpenCue: launch, monitor, actions, logs
- sequences  image sequences: notation, files, headers
- probe      facts about media, through PyAV
- pictures   exact pictures of any frame, and judging a pair of them
- report     scores as a page, a drawing, tables
- settings   all settings in levels; resources: the files that come with the program
- api        the Python API: submit, monitor, review, cuegui
- cli        thin commands over api
- gui        the window, one room a feature, and what CueGUI's dock shows
"""

__version__ = "0.1.0"
