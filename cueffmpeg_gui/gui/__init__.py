# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The window: one room a feature; in each, widgets stand over the models in its folder models/, which know no widget.

common         without widgets: tasks (the only threads), the newest request, polling, the session, saved state
widgets        shared by the features: theme, fields, labels, tables
rows           rows of jobs, layers and frames: columns, cells, colours of states
curve          the curve of scores, wherever it is shown
pictures       reference and encode of a frame
submit, monitor, review    the three pages
dock           what CueGUI's dock shows, in CueGUI's own Python
pages, main_window, farm_picker, app    what puts the pages into one window
"""
