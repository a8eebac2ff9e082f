# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The only room that knows OpenColorIO: from a choice of spaces and views to the tables that ffmpeg reads."""
