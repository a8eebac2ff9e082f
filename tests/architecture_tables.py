# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The arrows between rooms as tables: who may import whom, and what. The tests of the architecture keep them."""

FACTS = {"sequences", "probe", "pictures"}
# Room → rooms it may import (besides itself).
ARROWS = {
    "__init__": set(),
    "errors": set(),
    "proof": set(),
    "resources": set(),
    "media": {"errors"},
    "jobs": {"errors", "media", "__init__"},
    "worker": {"errors", "media", "jobs"},
    "localfarm": {"errors", "proof", "media", "jobs", "__init__"},
    "farm": {"errors", "proof", "media", "jobs"},
    "settings": {"errors", "media", "resources"},
    "sequences": {"errors", "media"},
    "probe": {"errors", "media", "sequences"},
    "pictures": {"errors", "media", "sequences", "probe"},
    "ocio": {"errors", "media"},
    "report": {"media", "resources", "__init__"},
    "api": {
        "errors",
        "media",
        "jobs",
        "farm",
        "localfarm",
        "settings",
        *FACTS,
        "ocio",
        "report",
        "resources",
        "__init__",
    },
    "cli": {"errors", "media", "jobs", "settings", "resources", "api", "gui", "__init__"},
    "gui": {"errors", "media", "jobs", "settings", "resources", "api", "__init__"},
    "__main__": {"cli"},
}
# Front end → what it may import of the rooms below the api: values, tables and rules without effects. Whatever reads
# media, asks a farm or writes a job is asked of the api. (documents: how JSON is printed, and the window's own state.)
BELOW_API = {
    "cli": {
        "jobs.plan",
        "media.csv_cells",
        "media.documents",
        "media.facts",
        "media.frames",
        "media.gaps",
        "media.metrics",
        "media.open_file",
        "media.scores",
        "media.statistics",
        "media.thresholds",
        "media.timing",
    },
    "gui": {
        "jobs.names",
        "jobs.notes",
        "jobs.picture_pair",
        "jobs.plan",
        "media.codecs",
        "media.documents",
        "media.facts",
        "media.features",
        "media.frames",
        "media.gaps",
        "media.kinds",
        "media.metrics",
        "media.parameters",
        "media.pooling",
        "media.presets",
        "media.scores",
        "media.statistics",
        "media.thresholds",
        "media.timing",
        "media.unchanged",
        "media.value_types",
    },
}
# Room → its parts → parts of the same room each may import (besides itself).
API_BASE = {"farm", "ffmpeg", "media", "pairing", "qt_libraries"}
PARTS = {
    "gui": {
        "common": set(),
        "widgets": {"common"},
        "rows": {"common", "widgets"},
        "curve": {"common", "widgets"},
        "pictures": {"common", "widgets"},
        "submit": {"common", "widgets"},
        "monitor": {"common", "widgets", "rows", "curve"},
        "review": {"common", "widgets", "curve", "pictures"},
        "dock": {"common", "widgets", "rows", "curve"},
        "main_window": {"common"},
        "farm_picker": {"common", "widgets"},
        "pages": {"common", "submit", "monitor", "review", "main_window", "farm_picker"},
        "app": {"common", "widgets", "main_window", "pages"},
    },
    "api": {
        "ffmpeg": set(),
        "media": set(),
        "pairing": {"media"},
        "qt_libraries": set(),
        "farm": {"ffmpeg"},
        "submit": API_BASE,
        "review": API_BASE,
        "monitor": {*API_BASE, "review"},
        "cuegui": set(),
        "doctor": {*API_BASE, "submit"},
        "clean": {*API_BASE, "submit"},
    },
    "localfarm": {
        "states": set(),
        "settings": set(),
        "state_file": set(),
        "refusals": set(),
        "control": {"settings", "state_file"},
        "spec": {"states", "refusals"},
        "store": {"spec", "states", "settings", "refusals"},
        "run": {"store", "spec", "states", "settings"},
        "rpc": {"run", "store", "spec", "states", "settings", "refusals"},
        "process": {"rpc", "run", "store", "settings", "state_file"},
        "__main__": {"process", "settings", "state_file"},
    },
}
# Feature of the window → the rooms of the api it may ask.
ASKS = {
    "common": {"farm"},
    "rows": {"monitor"},
    "curve": {"monitor", "review"},
    "pictures": {"review"},
    "submit": {"submit"},
    "monitor": {"monitor"},
    "review": {"review", "monitor"},
    "dock": {"monitor"},
}
# Packages that draw; models know none of them.
WITH_WIDGETS = ("qtpy.QtWidgets", "pyqtgraph")
# Rooms that run on render hosts.
STANDARD_ONLY = {"media", "jobs", "worker", "errors"}
# Package → rooms that may import it.
KEPT = {
    "opencue": {"farm"},
    "outline": {"farm"},
    "opencue_proto": {"farm", "localfarm"},
    "grpc": {"farm", "localfarm"},
    "sqlite3": {"localfarm"},
    "qtpy": {"gui"},
    "pyqtgraph": {"gui"},
    "PySide6": set(),
    "av": {"probe", "pictures"},
    "fileseq": {"sequences"},
    "PyOpenColorIO": {"ocio"},
    "jinja2": {"report"},
    "threading": {"localfarm", "gui"},
    "concurrent": {"localfarm"},
}
# Files that may start processes.
SUBPROCESS_FILES = {"media/run.py", "localfarm/run/process_runner.py", "localfarm/control.py"}
# What a command's help must not wait for.
HEAVY = ("qtpy", "PySide6", "numpy", "av", "grpc", "outline", "opencue", "PyOpenColorIO")
# Where anything at all may be caught: outermost places, which turn it into a sentence.
OUTERMOST = {
    "cueffmpeg_gui/cli/app.py",
    "cueffmpeg_gui/worker/main.py",
    "cueffmpeg_gui/gui/common/tasks.py",
    "cueffmpeg_gui/gui/common/session.py",
    "plugins/cueffmpeg_cuegui/guard.py",
}
# What CueGUI's own Python has, and the two packages the curve needs, which may be missing there.
IN_CUEGUI = {"qtpy", "grpc", "opencue", "opencue_proto", "numpy", "pyqtgraph"}
