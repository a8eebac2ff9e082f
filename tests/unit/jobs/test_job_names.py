# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Names are known before they are sent, exactly as Cuebot will make them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.names import conform_job_name, conform_shot, read_words, suggest_job_name

# show, shot, user, name as asked for → the job's name on the farm.
CONFORMED = [
    ("testing", "sh010", "alice", "demo", "testing-sh010-alice_demo"),
    ("testing", "sh010", "alice", "Demo-V2", "testing-sh010-alice_demo_v2"),
    ("testing", "SH-010", "alice", "demo", "testing-sh_010-alice_demo"),
    ("testing", "sh010", "alice", "a__b___c", "testing-sh010-alice_a_b_c"),
    ("testing", "sh010", "alice", "a--b", "testing-sh010-alice_a__b"),
    ("testing", "sh010", "alice", "__demo", "testing-sh010-alice_demo"),
    ("testing", "sh010", "alice", "a.b.c", "testing-sh010-alice_a.b.c"),
    ("testing", "sh010", "alice", "testing-sh010-alice_demo", "testing-sh010-alice_demo"),
    ("testing", "sh010", "alice_", "demo", "testing-sh010-alice_demo"),
    ("Testing", "sh010", "Alice", "demo", "testing-sh010-alice_demo"),
    ("testing", "sh010", "bo", "demo", "testing-sh010-bo_demo"),
]
REFUSED = [
    ("testing", "sh010", "alice", "ab"), ("testing", "sh010", "alice", "___"), ("testing", "sh010", "alice", "a b c"),
    ("testing", "sh010", "alice", "caf\u00e9"), ("testing", "sh010", "alice", "a/b"), ("testing", "sh010", "alice", ""),
    ("testing", "sh010", "alice", "abc\n"), ("testing", "sh010", "alice", "x" * 300),
    ("testing", "sh", "alice", "demo"), ("testing", "sh 010", "alice", "demo"), ("testing", "s" * 65, "alice", "demo"),
    ("testing", "sh010\n", "alice", "demo"), ("testing", "", "alice", "demo"),
    ("", "sh010", "alice", "demo"), ("a show", "sh010", "alice", "demo"), ("a/b", "sh010", "alice", "demo"),
    ("..", "sh010", "alice", "demo"), ("testing\n", "sh010", "alice", "demo"),
    ("testing", "sh010", "", "demo"), ("testing", "sh010", "a b", "demo"), ("testing", "sh010", "u" * 33, "demo"),
    ("testing", "sh010", "alice\n", "demo"), ("testing", "sh010", "alice", "demo_2024_01_02_03_04"),
    ("testing", "sh010", "alice", "x" * 250),
]  # fmt: skip
letters = st.text("abcXYZ019_-.", min_size=3, max_size=20)


@pytest.mark.parametrize(("show", "shot", "user", "name", "final"), CONFORMED)
def test_names_become_what_the_farm_makes_of_them(show: str, shot: str, user: str, name: str, final: str) -> None:
    assert conform_job_name(show, shot, user, name) == final


@pytest.mark.parametrize(("show", "shot", "user", "name"), REFUSED)
def test_what_a_farm_refuses_is_refused_before_sending(show: str, shot: str, user: str, name: str) -> None:
    with pytest.raises(InputRefused, match=r"\.$"):
        conform_job_name(show, shot, user, name)


@given(shot=letters, user=letters, name=letters)
def test_a_final_name_is_lower_case_and_safe(shot: str, user: str, name: str) -> None:
    try:
        final = conform_job_name("testing", shot, user, name)
    except InputRefused:
        return
    assert re.fullmatch(r"testing-[a-z0-9_.]+-[a-z0-9_.-]+_[a-z0-9_.]{3,}", final)


@given(name=st.from_regex(r"[a-z0-9]{3,9}([_.][a-z0-9]+)?", fullmatch=True))
def test_a_final_name_stays_as_it_is(name: str) -> None:
    final = conform_job_name("testing", "sh010", "alice", name)
    assert conform_job_name("testing", "sh010", "alice", final) == final


@given(shot=letters)
def test_shots_are_settled_after_once(shot: str) -> None:
    assert conform_shot(conform_shot(shot)) == conform_shot(shot)


@given(stem=st.text())
def test_a_suggested_name_is_never_refused(stem: str) -> None:
    assert conform_job_name("testing", "default", "alice", suggest_job_name(stem))


@pytest.mark.parametrize(
    ("stem", "name"),
    [("My Shot (v2)", "my_shot_v2"), ("a", "a_job"), ("", "clip_job"), ("\u6620\u753b", "clip_job"), ("..", "clip_job"),
     ("sh010_2024_01_02_03_04", "sh010"), ("sh010_24_01_02_03_04_v2", "sh010_v2")],
)  # fmt: skip
def test_suggestions_read_well(stem: str, name: str) -> None:
    assert suggest_job_name(stem) == name


def test_tags_are_words_that_a_farm_takes() -> None:
    assert read_words("tag", " gpu, big-host | gpu") == ("gpu", "big-host")
    with pytest.raises(InputRefused, match="tag name 'ab' is too short"):
        read_words("tag", "ab")
    with pytest.raises(InputRefused, match="may hold only"):
        read_words("limit", "a+b+c")
