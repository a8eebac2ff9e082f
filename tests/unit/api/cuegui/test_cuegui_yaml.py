# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The plugins' folder goes into CueGUI's settings and comes out again, whatever a person has written around it."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cueffmpeg_gui.api.cuegui.settings_yaml import BUILT_IN, KEY, listed_folders, with_folder, without_folder
from cueffmpeg_gui.errors import InputRefused

FOLDER, NAME = "/home/ana o'neil/plugins: 1", "cuegui.yaml"
TEXTS = {
    "nothing": "",
    "only comments": "# mine\n\n",
    "other settings": "# mine\nrefresh.job_update_delay: 5000 # quick\n\nstyle.font.size: 12\n",
    "no line end": "style.font.size: 12",
    "windows": "style.font.size: 12\r\npaths.plugins:\r\n- ./plugins\r\n# end\r\n",
    "a block": "a: 1\npaths.plugins:  # ours\n  - ./plugins   # CueGUI's\n\n  - /site/cuegui\n\n# b is last\nb: 2\n",
    "a flush block": "paths.plugins:\n- ./plugins\n- '/site/x'\nb: 2\n",
    "at the end": "b: 2\npaths.plugins:\n  - ./plugins",
    "in brackets": "paths.plugins: ['./plugins', \"/site/x\"]  # both\nb: 2\n",
    "in brackets over lines": "paths.plugins: [\n  './plugins',\n  /site/x\n]\nb: 2\n",
    "empty brackets": "paths.plugins: []\n",
    "braces": "# none\n{}\n",
    "indented": "  a: 1\n  b: 2\n",
    "a text over lines": "a: |\n  one\n  two\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_folder_goes_in_at_the_end_and_leaves_the_rest(text: str) -> None:
    before, after = yaml.safe_load(text) or {}, yaml.safe_load(with_folder(text, FOLDER, NAME))
    assert after.pop(KEY) == [*before.pop(KEY, [BUILT_IN]), FOLDER]
    assert after == before


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_comments_survive_in_their_places(text: str) -> None:
    assert re.findall(r"#.*", with_folder(text, FOLDER, NAME)) == re.findall(r"#.*", text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_taken_out_again_nothing_is_left_of_it(text: str) -> None:
    changed = with_folder(text, FOLDER, NAME)
    back = without_folder(changed, FOLDER, NAME, drop_key=KEY not in text)
    assert back in (text, text + "\n", text + "{}\n")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_going_in_twice_is_going_in_once(text: str) -> None:
    once = with_folder(text, FOLDER, NAME)
    assert with_folder(once, FOLDER, NAME) == once


@settings(deadline=None)
@given(
    st.dictionaries(st.text("abcä1 .", min_size=1), st.integers() | st.text()),
    st.none() | st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1), unique=True),
    st.booleans(),
)
def test_settings_written_anew_by_another_program_lose_the_folder_alone(
    others: "dict[str, object]", folders: "list[str] | None", flow: bool
) -> None:
    written = {**others, **({KEY: folders} if folders is not None else {})}
    text = with_folder(yaml.safe_dump(written), FOLDER, NAME)
    anew = yaml.safe_dump(yaml.safe_load(text), default_flow_style=None if flow else False, sort_keys=flow)
    back = without_folder(anew, FOLDER, NAME, drop_key=folders is None)
    expected = {**written, KEY: [one for one in folders if one != FOLDER]} if folders is not None else written
    assert (yaml.safe_load(back) or {}) == expected


def test_a_list_that_was_made_for_the_folder_stays_when_others_have_added_to_it() -> None:
    text = with_folder("", FOLDER, NAME) + "- /later\n"
    assert listed_folders(without_folder(text, FOLDER, NAME, drop_key=True), NAME) == [BUILT_IN, "/later"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [", "cannot be read"),
        ("paths.plugins: /one/folder\n", "is no list"),
        ("paths.plugins:\n", "is no list"),
        ("- a\n- b\n", "holds no settings"),
        ("{a: 1}\n", "not safe to change; add these lines by hand"),
        ("a: 1\n---\nb: 2\n", "cannot be read"),
        ("a: 1\n...\n", "not safe to change"),
    ],
)
def test_what_cannot_be_changed_safely_is_refused_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(InputRefused, match=says):
        with_folder(text, FOLDER, NAME)
