# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The embedded local farm: Cuebot's own gRPC protocol on loopback, on this one computer.

Outside, for whoever starts, stops and finds the farm (standard library only): control, settings, state_file.
Inside, from the bottom up; a room imports only those above it in this list:

states, refusals   the protocol's numbers, and Cuebot's words for no
spec/              a job spec in XML → frozen dataclasses, or refused
store/             the SQLite file, its one lock, every statement; what launches, ends and depends do to rows
run/               which frame is next, its process, environment and log, its end, what an earlier farm left behind
rpc/               what a client sees: an interface a file, its messages, who may call
process, __main__  the life of the farm's process
"""
