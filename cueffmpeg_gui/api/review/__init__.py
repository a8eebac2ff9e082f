# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reviews: scores with their reference and encode, from wherever they lie; reports; exact pictures."""
