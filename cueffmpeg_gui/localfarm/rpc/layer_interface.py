# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""LayerInterface and FrameInterface: single layers and frames."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from opencue_proto import depend_pb2, job_pb2

from cueffmpeg_gui.localfarm.refusals import NO_ROW, CallRefused
from cueffmpeg_gui.localfarm.rpc.farm import Farm
from cueffmpeg_gui.localfarm.rpc.messages import depend_message, frame_message, layer_message
from cueffmpeg_gui.localfarm.states import DependType, JobState
from cueffmpeg_gui.localfarm.store import depends as depend_store
from cueffmpeg_gui.localfarm.store import frames as frame_store
from cueffmpeg_gui.localfarm.store.criteria import Conditions, frame_conditions, page
from cueffmpeg_gui.localfarm.store.queries import read_depends, read_frames, read_layers


class LayerService:
    """Methods are the calls of LayerInterface."""

    def __init__(self, farm: Farm) -> None:
        self._farm = farm
        self._store = farm.store

    def get_layer(self, request: Any) -> Any:
        return job_pb2.LayerGetLayerResponse(layer=self._one(Conditions().one_of("layer.id", [request.id])))

    def find_layer(self, request: Any) -> Any:
        wanted = Conditions().one_of("job.state", [int(JobState.PENDING)]).one_of("job.name", [request.job])
        return job_pb2.LayerFindLayerResponse(layer=self._one(wanted.one_of("layer.name", [request.layer])))

    def get_frames(self, request: Any) -> Any:
        frames = read_frames(self._store, frame_conditions(request.s, self._of_layer(request.layer)), *page(request.s))
        return job_pb2.LayerGetFramesResponse(frames=job_pb2.FrameSeq(frames=[frame_message(one) for one in frames]))

    def get_output_paths(self, request: Any) -> Any:
        row = self._farm.find("layer", request.layer.id)
        return job_pb2.LayerGetOutputPathsResponse(output_paths=json.loads(row["outputs"]))

    def get_limits(self, request: Any) -> None:
        """No layer has limits here: a spec that asks for one is refused."""
        self._farm.find("layer", request.layer.id)

    def get_what_this_depends_on(self, request: Any) -> Any:
        depends = self._depends(request, "depend.parent IS NULL AND depend.er_layer = ?")
        return job_pb2.LayerGetWhatThisDependsOnResponse(depends=depends)

    def get_what_depends_on_this(self, request: Any) -> Any:
        depends = self._depends(request, "depend.parent IS NULL AND depend.on_layer = ?")
        return job_pb2.LayerGetWhatDependsOnThisResponse(depends=depends)

    def kill_frames(self, request: Any) -> None:
        self._farm.kill_frames(self._frames(request), request)

    def retry_frames(self, request: Any) -> None:
        self._farm.retry_frames(self._frames(request), request)

    def eat_frames(self, request: Any) -> None:
        self._farm.eat_frames(self._frames(request), request)

    def markdone_frames(self, request: Any) -> None:
        """Release what waits for the layer as a whole (Cuebot's DispatchSatisfyDepends)."""
        row = self._farm.find("layer", request.layer.id)
        with self._store.transaction() as db:
            depend_store.satisfy_layer(db, row["pk"])
        self._farm.dispatcher.wake()

    def _one(self, conditions: Conditions) -> Any:
        layers = read_layers(self._store, conditions)
        if len(layers) != 1:
            raise CallRefused("NOT_FOUND", NO_ROW)
        return layer_message(layers[0])

    def _of_layer(self, layer: Any) -> Conditions:
        return Conditions().one_of("frame.layer", [self._farm.find("layer", layer.id)["pk"]])

    def _frames(self, request: Any) -> list[sqlite3.Row]:
        return self._farm.frames(self._of_layer(request.layer))

    def _depends(self, request: Any, where: str) -> Any:
        rows = read_depends(self._store, where, [self._farm.find("layer", request.layer.id)["pk"]])
        return depend_pb2.DependSeq(depends=[depend_message(row) for row in rows])


class FrameService:
    """Methods are the calls of FrameInterface."""

    def __init__(self, farm: Farm) -> None:
        self._farm = farm
        self._store = farm.store

    def get_frame(self, request: Any) -> Any:
        return job_pb2.FrameGetFrameResponse(frame=self._one(Conditions().one_of("frame.id", [request.id])))

    def find_frame(self, request: Any) -> Any:
        wanted = Conditions().one_of("job.state", [int(JobState.PENDING)]).one_of("job.name", [request.job])
        wanted.one_of("layer.name", [request.layer]).one_of("frame.number", [request.frame])
        return job_pb2.FrameFindFrameResponse(frame=self._one(wanted))

    def kill(self, request: Any) -> None:
        self._farm.kill_frames(self._frames(request), request)

    def retry(self, request: Any) -> None:
        self._farm.retry_frames(self._frames(request), request)

    def eat(self, request: Any) -> None:
        self._farm.eat_frames(self._frames(request), request)

    def mark_as_waiting(self, request: Any) -> None:
        frame_store.mark_waiting(self._store, self._frames(request))
        self._farm.dispatcher.wake()

    def get_what_this_depends_on(self, request: Any) -> Any:
        row = self._farm.find("frame", request.frame.id)
        where = f"(depend.er_layer = ? AND depend.type = {DependType.LAYER_ON_LAYER:d}) OR depend.er_frame = ?"
        depends = self._depends(where, [row["layer"], row["pk"]])
        return job_pb2.FrameGetWhatThisDependsOnResponse(depends=depends)

    def get_what_depends_on_this(self, request: Any) -> Any:
        row = self._farm.find("frame", request.frame.id)
        depends = self._depends("depend.on_frame = ?", [row["pk"]])
        return job_pb2.FrameGetWhatDependsOnThisResponse(depends=depends)

    def _one(self, conditions: Conditions) -> Any:
        frames = self._farm.frames(conditions)
        if len(frames) != 1:
            raise CallRefused("NOT_FOUND", NO_ROW)
        return frame_message(frames[0])

    def _frames(self, request: Any) -> list[sqlite3.Row]:
        return [self._farm.find("frame", request.frame.id)]

    def _depends(self, where: str, values: list[object]) -> Any:
        return depend_pb2.DependSeq(depends=[depend_message(row) for row in read_depends(self._store, where, values)])
