# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reference and encode of one frame, side by side, by wipe, difference or flicker."""
