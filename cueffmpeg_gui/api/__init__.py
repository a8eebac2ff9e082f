# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Python API: what every front end calls, without Qt and without parsing of arguments.

Public are the names in __all__, the fields and methods of what they return, and cueffmpeg_gui.errors:

    from cueffmpeg_gui import api

    settings = api.load_settings(farm="cuebot.example.com")
    request = api.SubmitRequest("h264-review-vmaf", "/shows/shot.mov", output="/shows/shot.mp4")
    job = api.submit_job(api.prepare(request, settings), settings)
    api.wait_for_job(api.connect_farm(settings), job.id)
    print(api.load_review(job.folder, settings).scores.pooled)

Every call may block. Errors are CueffmpegError with a sentence that can be shown as it is. Within one minor version
names are only added; what changes is in CHANGELOG.md. Names come when they are first used: importing this is cheap.
"""

from importlib import import_module
from typing import Any

# File → its public names.
_FILES = {
    "cueffmpeg_gui.settings": ("Settings", "load_settings"),
    "cueffmpeg_gui.api.clean": ("Freed", "clean_folders"),
    "cueffmpeg_gui.api.doctor": ("Finding", "examine"),
    "cueffmpeg_gui.api.farm": (
        "FarmConnection",
        "connect_farm",
        "local_farm_status",
        "start_local_farm",
        "stop_local_farm",
    ),
    "cueffmpeg_gui.api.media": ("probe_media",),
    "cueffmpeg_gui.api.submit.estimate": ("estimate_seconds",),
    "cueffmpeg_gui.api.submit.request": ("SubmitRequest",),
    "cueffmpeg_gui.api.submit.sources": ("find_sources",),
    "cueffmpeg_gui.api.submit.submit": ("Prepared", "Submitted", "prepare", "prepare_again", "submit_job"),
    "cueffmpeg_gui.api.submit.user_presets": ("read_presets",),
    "cueffmpeg_gui.api.monitor.actions": ("act_by_name", "act_on_job", "set_priority"),
    "cueffmpeg_gui.api.monitor.follower": ("JobFollower", "JobList", "JobNews", "JobStatus", "state_of"),
    "cueffmpeg_gui.api.monitor.job_folder": ("JobDetails", "read_job_details"),
    "cueffmpeg_gui.api.monitor.jobs": ("JobDescription", "describe_job", "list_jobs", "log_of"),
    "cueffmpeg_gui.api.monitor.progress": ("JobProgress", "wait_for_job"),
    "cueffmpeg_gui.api.monitor.scores": ("ScoreSummary", "ScoreWatch"),
    "cueffmpeg_gui.api.review.clips": ("with_clips",),
    "cueffmpeg_gui.api.review.load": ("load_review",),
    "cueffmpeg_gui.api.review.pictures": ("PictureSource",),
    "cueffmpeg_gui.api.review.report": ("write_report",),
    "cueffmpeg_gui.api.review.review": ("Review",),
}
_FILE_OF = {name: file for file, names in _FILES.items() for name in names}
__all__ = list(_FILE_OF)


def __getattr__(name: str) -> Any:
    if name not in _FILE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FILE_OF[name]), name)


def __dir__() -> "list[str]":
    return __all__
