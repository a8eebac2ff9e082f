# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The window: tasks (the only threads), models over the api, widgets over models, pages in one main window."""
