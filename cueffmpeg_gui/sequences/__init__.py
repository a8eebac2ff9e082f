# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Image sequences as a source: any usual notation, what lies on disk, and what the files' headers say."""
