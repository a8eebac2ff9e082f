# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The embedded local farm: Cuebot's own gRPC protocol on loopback, on this one computer.

settings, control, state_file    how others start, stop and find the farm; standard library only
spec_*                           a job spec in XML → frozen dataclasses, refused in Cuebot's words
frame_ranges, tokens, outcome, depend_plan, choice      rules without effects
store, launching, *_store, searches                     the SQLite file, its one lock, its statements
dispatcher, frame_*, runner, rqd_log, orphans           frames as processes, their logs, their ends
messages, rpc*, security, server, process               what a client sees, and the process around it
"""
