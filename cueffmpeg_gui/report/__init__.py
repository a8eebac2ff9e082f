# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What leaves as a file: tables, a chart, and one page that shows it all. Pure: it builds text out of data."""
