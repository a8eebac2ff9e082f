# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The templates of reports. Whatever is put into them is escaped: names of files and jobs are anybody's text."""

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cueffmpeg_gui.resources import resource


def render(name: str, **values: Any) -> str:
    """A template of resources/report with values put in."""
    loader = FileSystemLoader(resource("report"))
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name).render(**values)
