# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The real pycue and pyoutline against the local farm, in a process of their own: both keep state for all of it."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, os, sys
import opencue
import outline
from outline.modules.shell import Shell
from outline.cuerun import OutlineLauncher
import re

ol = outline.Outline("pycue_smoke", show="testing", shot="sh010", user="artist")
ol.add_layer(Shell("encode", command=["/bin/true"], range="1001-1100", chunk=24, memory="256m", service="cueffmpeg"))
ol.add_layer(Shell("join", command=["/bin/true"], range="1-1", memory="256m", require=["encode:all"]))
launcher = OutlineLauncher(ol, pause=True, priority=20)
launcher.setup() if hasattr(launcher, "setup") else None
text = re.sub(r"<uid>.*?</uid>", "", launcher.serialize(use_pycuerun=False))
(job,) = opencue.api.launchSpecAndWait(text)
frames = job.getFrames(limit=100)
listed = [one.name() for one in opencue.api.getJobs(user=["artist"], match=["pycue_smoke"])]
updates = job.getUpdatedFrames(int(__import__("time").time()) - 10)
layers = {one.name(): one for one in job.getLayers()}
print(json.dumps({
    "name": job.name(),
    "listed": job.name() in listed,
    "frames": [[frame.name(), opencue.compiled_proto.job_pb2.FrameState.Name(frame.state())
                if hasattr(opencue, "compiled_proto") else frame.state()] for frame in frames],
    "services": list(layers["encode"].data.services),
    "updates": len(updates.updated_frames.updated_frames),
    "log": opencue.util.logPath(job, frames[0]) if hasattr(opencue.util, "logPath") else "",
    "hosts": len(opencue.api.getHosts()),
    "depends": len(layers["join"].getWhatThisDependsOn()),
}))
job.kill(reason="end of the test")
"""


def test_pyoutline_launches_and_pycue_watches(local_farm: str, tmp_path: Path) -> None:
    config = tmp_path / "outline.cfg"
    config.write_text(
        "[outline]\nhome=\nuser_dir=\nsession_dir=" + str(tmp_path / "sessions") + "\nspec_version=1.15\n"
        "facility=local\nmaxretries=1\nbackend=cue\ndomain=example.com\ndefault_show=testing\ndefault_shot=sh010\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "CUEBOT_HOSTS": local_farm,
            "OUTLINE_CONFIG_FILE": str(config),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["name"].startswith("testing-sh010-artist_pycue_smoke")
    assert seen["listed"]
    assert len(seen["frames"]) == 6
    assert seen["services"][0] == "cueffmpeg"
    assert (seen["updates"], seen["hosts"], seen["depends"]) == (6, 1, 1)
