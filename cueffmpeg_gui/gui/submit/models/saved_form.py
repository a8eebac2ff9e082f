# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The form as saved state, and back. What is saved may be of an older version, or edited by hand."""

from typing import Any

from cueffmpeg_gui.gui.submit.models.form import SubmitForm


def form_state(form: SubmitForm) -> dict[str, Any]:
    """What is saved of a form."""
    return {
        "preset": form.chosen.name if form.chosen else "",
        "values": form.values,
        "place": form.place,
        "template": form.template,
        "priority": form.priority,
        "paused": form.paused,
        "tags": form.tags,
        "limits": form.limits,
    }


def restore_form(form: SubmitForm, state: dict[str, Any]) -> None:
    """Puts saved state into a form, but for preset and values: presets are read later."""
    place = state.get("place")
    if isinstance(place, dict):
        form.place.update({name: str(text) for name, text in place.items() if name in form.place and text})
    form.template = str(state.get("template") or form.template)
    form.paused = state.get("paused") is True
    form.tags, form.limits = str(state.get("tags") or ""), str(state.get("limits") or "")
    if isinstance(state.get("priority"), int):
        form.priority = state["priority"]


def saved_preset(state: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The name of the saved preset, and its changed values."""
    values = state.get("values")
    changed = {str(key): str(value) for key, value in values.items()} if isinstance(values, dict) else {}
    return str(state.get("preset")), changed
