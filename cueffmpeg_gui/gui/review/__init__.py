# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Review page: curves of several encodes, statistics, worst frames, pictures."""
