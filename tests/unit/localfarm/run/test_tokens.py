# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What stands in a command for frame, layer and job."""

from cueffmpeg_gui.localfarm.run.tokens import substitute


def test_tokens() -> None:
    command = "#ZFRAME# #IFRAME# #FRAME_START# #FRAME_END# #FRAME_CHUNK# #FRAMESPEC# #FRAME# #LAYER# #JOB#"
    done = substitute(
        command, frame_range="1-25", chunk=10, number=21, frame_name="0021-x", layer_name="x", job_name="j"
    )
    assert done == "0021 21 21 25 10 21-25 0021-x x j"
