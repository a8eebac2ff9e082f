# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The only room that knows OpenCue: launching, monitoring, actions, logs."""
