# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Everything clients ask about the farm itself: statistics, shows, facilities, and this computer as its one host."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from typing import Any

from opencue_proto import comment_pb2, cue_pb2, facility_pb2, host_pb2, show_pb2

from cueffmpeg_gui.localfarm.refusals import NO_ROW, CallRefused
from cueffmpeg_gui.localfarm.rpc.farm import Farm
from cueffmpeg_gui.localfarm.rpc.messages import cores
from cueffmpeg_gui.localfarm.store.launch import FACILITIES
from cueffmpeg_gui.localfarm.store.name_search import matches_any

HOST_ID = "00000000-0000-0000-0000-00000000c0de"


class CueService:
    """CueInterface: the first thing every client calls."""

    def get_system_stats(self, _request: Any) -> Any:
        return cue_pb2.CueGetSystemStatsResponse(stats=cue_pb2.SystemStats())


class ShowService:
    """ShowInterface: shows come into being when a job names them, unless the farm is strict."""

    def __init__(self, farm: Farm) -> None:
        self._farm = farm

    def get_shows(self, _request: Any) -> Any:
        return show_pb2.ShowGetShowsResponse(shows=self._all())

    def get_active_shows(self, _request: Any) -> Any:
        return show_pb2.ShowGetActiveShowsResponse(shows=self._all())

    def find_show(self, request: Any) -> Any:
        row = self._farm.store.row("SELECT * FROM show WHERE name = ?", (request.name,))
        if row is None:
            raise CallRefused("NOT_FOUND", NO_ROW)
        return show_pb2.ShowFindShowResponse(show=_show(row))

    def _all(self) -> Any:
        rows = self._farm.store.rows("SELECT * FROM show ORDER BY name")
        return show_pb2.ShowSeq(shows=[_show(row) for row in rows])


def _show(row: sqlite3.Row) -> Any:
    return show_pb2.Show(
        id=row["id"],
        name=row["name"],
        default_min_cores=1,
        default_max_cores=2000,
        booking_enabled=True,
        dispatch_enabled=True,
        active=True,
        show_stats=show_pb2.ShowStats(created_job_count=row["jobs"]),
    )


class FacilityService:
    """FacilityInterface: the two facilities of a fresh OpenCue."""

    def get(self, request: Any) -> Any:
        if request.name not in FACILITIES:
            raise CallRefused("NOT_FOUND", NO_ROW)
        facility = facility_pb2.Facility(id=FACILITIES[request.name], name=request.name)
        return facility_pb2.FacilityGetResponse(facility=facility)

    def get_allocations(self, _request: Any) -> None:
        """There are none."""


class HostService:
    """HostInterface: one host, up and open."""

    def __init__(self, farm: Farm) -> None:
        self._farm = farm

    def get_hosts(self, request: Any) -> Any:
        hosts = [self._host()] if self._is_wanted(request.r) else []
        return host_pb2.HostGetHostsResponse(hosts=host_pb2.HostSeq(hosts=hosts))

    def get_host(self, request: Any) -> Any:
        if request.id != HOST_ID:
            raise CallRefused("NOT_FOUND", NO_ROW)
        return host_pb2.HostGetHostResponse(host=self._host())

    def find_host(self, request: Any) -> Any:
        if request.name != self._farm.host:
            raise CallRefused("NOT_FOUND", NO_ROW)
        return host_pb2.HostFindHostResponse(host=self._host())

    def get_comments(self, _request: Any) -> Any:
        return host_pb2.HostGetCommentsResponse(comments=comment_pb2.CommentSeq())

    def get_procs(self, _request: Any) -> None:
        """Frames are not listed as procs."""

    def _is_wanted(self, criteria: Any) -> bool:
        name = self._farm.host
        wanted = [
            (criteria.hosts, name in criteria.hosts),
            (criteria.ids, HOST_ID in criteria.ids),
            (criteria.substr, any(text in name for text in criteria.substr)),
            (criteria.regex, bool(criteria.regex) and matches_any(criteria.regex, name)),
            (criteria.states.state, host_pb2.UP in criteria.states.state),
            (criteria.lock_states.state, host_pb2.OPEN in criteria.lock_states.state),
            (criteria.allocs, "local.general" in criteria.allocs),
        ]
        return all(matches for given, matches in wanted if given)

    def _host(self) -> Any:
        computer, free = self._farm.dispatcher.computer, self._farm.dispatcher.free()
        return host_pb2.Host(
            id=HOST_ID,
            name=self._farm.host,
            alloc_name="local.general",
            cores=cores(computer.cores),
            idle_cores=cores(free.cores),
            memory=computer.memory,
            idle_memory=free.memory,
            total_memory=computer.memory,
            free_memory=free.memory,
            load=int(os.getloadavg()[0] * 100),
            boot_time=int(self._farm.started),
            ping_time=int(time.time()),
            os=platform.system(),
            tags=["general", "desktop", self._farm.host],
            state=host_pb2.UP,
            lock_state=host_pb2.OPEN,
            thread_mode=host_pb2.AUTO,
        )
