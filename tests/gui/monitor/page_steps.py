# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a user does on the Monitor page."""

from qtpy.QtWidgets import QPushButton

from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage


def select(page: MonitorPage, job_id: str) -> None:
    page.tree.select(page.tree.index_of_job(job_id))


def button(page: MonitorPage, text: str) -> QPushButton:
    return next(b for b in page.message_bar.findChildren(QPushButton) if b.text() == text and not b.isHidden())
