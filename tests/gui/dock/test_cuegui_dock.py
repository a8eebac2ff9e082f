# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The dock in CueGUI on a fake backend: what it shows, what it offers, and what it asks the farm for."""

from dataclasses import replace
from typing import Any

from dock_steps import show, texts
from fake_backend import FakeBackend
from farm_values import CHUNKS, SENTENCE, chunked, make_frame, make_job, make_layer
from loop_watch import LoopWatch
from qtpy.QtCore import Qt

from cueffmpeg_gui.api.monitor.follower import JobNews
from cueffmpeg_gui.errors import FarmUnreachable, InputRefused
from cueffmpeg_gui.gui.dock.models.chunk_rows import NOTE
from cueffmpeg_gui.gui.dock.panel import DockPanel

# What Python may do in one turn of the event loop; making all the chunks there would be some 700,000 calls.
MOST_CALLS = 60_000


def test_without_a_job_it_says_how_to_get_one(panel: DockPanel) -> None:
    assert "Select a job" in panel.placeholder.text()
    assert panel.placeholder.isVisible()


def test_another_programs_job_gets_one_quiet_sentence(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = backend.put(make_job(1), None)
    show(qtbot, panel, job)
    assert panel.placeholder.isVisible()
    assert not panel.chunks.isVisible()
    assert panel.placeholder.text().startswith(f"{job.name} was not sent by cueffmpeg")


def test_a_job_of_ours_shows_its_chunks(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1)
    backend.put(job, chunked(job, {1097: "RUNNING"}, lines={"1097-encode": "encode 1097-1144  62 %  48.1 fps"}))
    show(qtbot, panel, job)
    assert texts(panel, 0)[:3] == ["1001-1048", "1049-1096", "1097-1144"]
    assert texts(panel, 1) == ["encode"] * CHUNKS + ["compare"] * CHUNKS
    assert (texts(panel, 2)[2], texts(panel, 3)[2]) == ("running", "62 %")
    assert "encode 4 of 5" in panel.head.progress.text()


def test_the_last_chunk_ends_with_the_layer(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1)
    news = chunked(job)
    short = tuple(replace(layer, range="1001-1200") for layer in news.layers)
    backend.put(job, replace(news, layers=short))
    show(qtbot, panel, job)
    assert texts(panel, 0)[CHUNKS - 1] == "1193-1200"


def test_a_failed_chunk_says_its_plain_error_and_is_a_click_away(
    qtbot: Any, panel: DockPanel, backend: FakeBackend
) -> None:
    job = make_job(1, dead=2, waiting=8)
    backend.put(job, chunked(job, {1097: "DEAD", 1145: "DEAD"}, errors={"1097-encode": SENTENCE}))
    show(qtbot, panel, job)
    assert panel.head.failure.toolTip() == f"encode 1097-1144 (and 1 more): {SENTENCE}"
    assert texts(panel, NOTE)[2] == SENTENCE
    qtbot.mouseClick(panel.head.failure, Qt.MouseButton.LeftButton)
    assert panel.chunks.currentIndex().row() == 2


def test_a_chunk_that_runs_again_has_no_error_any_more(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1, dead=1, waiting=9)
    backend.put(job, chunked(job, {1097: "DEAD"}, errors={"1097-encode": SENTENCE}))
    show(qtbot, panel, job)
    backend.put(job, chunked(job, {1097: "RUNNING"}))
    panel.model.refresh()
    qtbot.waitUntil(lambda: texts(panel, 2)[2] == "running")
    assert not panel.head.failure.isVisible()
    assert texts(panel, NOTE)[2] == ""


def test_what_to_do_is_offered_where_it_applies(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1, succeeded=10)
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    assert (panel.head.retry.isVisible(), panel.head.review.isVisible()) == (False, True)
    failed = make_job(2, dead=1, waiting=9)
    backend.put(failed, chunked(failed, {1001: "DEAD"}))
    show(qtbot, panel, failed)
    with qtbot.waitSignal(panel.retry_wanted) as wanted:
        qtbot.mouseClick(panel.head.retry, Qt.MouseButton.LeftButton)
    assert wanted.args[0].status == failed


def test_a_double_click_on_a_chunk_asks_for_its_frame(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1)
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    place = panel.chunks.visualRect(panel.chunks.sorted.index(1, 1)).center()
    qtbot.mouseClick(panel.chunks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(panel.chunk_opened) as opened:
        qtbot.mouseDClick(panel.chunks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (opened.args[0], opened.args[1].frame.name) == (job.id, "1049-encode")


def test_sorted_by_state_the_double_click_still_means_its_row(
    qtbot: Any, panel: DockPanel, backend: FakeBackend
) -> None:
    job = make_job(1, dead=1, waiting=9)
    backend.put(job, chunked(job, {1145: "DEAD"}))
    show(qtbot, panel, job)
    panel.chunks.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert texts(panel, 2)[0] == "dead"
    with qtbot.waitSignal(panel.chunk_opened) as opened:
        panel.chunks.activated.emit(panel.chunks.sorted.index(0, 0))
    assert opened.args[1].frame.name == "1145-encode"


def test_a_farm_that_is_away_is_a_sentence_and_what_was_known_stays(
    qtbot: Any, panel: DockPanel, backend: FakeBackend
) -> None:
    job = make_job(1)
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    backend.trouble = FarmUnreachable("No farm answers at cuebot:8443.")
    panel.model.poll()
    qtbot.waitUntil(lambda: panel.head.trouble.text() == "No farm answers at cuebot:8443.")
    assert len(texts(panel, 0)) == 2 * CHUNKS
    backend.trouble = None
    panel.model.poll()
    qtbot.waitUntil(lambda: not panel.head.trouble.isVisible())


def test_logs_that_are_not_mounted_are_a_sentence_with_their_path(
    qtbot: Any, panel: DockPanel, backend: FakeBackend
) -> None:
    job = make_job(1)
    backend.put(job, chunked(job), missing="The logs are in /nowhere, which is not mounted here.")
    show(qtbot, panel, job)
    assert "/nowhere" in panel.head.trouble.text()


def test_a_job_that_left_the_farm_is_a_quiet_sentence(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    backend.trouble = InputRefused("The job has left the farm; finished jobs do after some days.")
    panel.follow("gone", "testing-gone")
    qtbot.waitUntil(lambda: panel.placeholder.text() == str(backend.trouble))


def test_kept_it_stays_with_its_job(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    first, second = make_job(1), make_job(2)
    for job in (first, second):
        backend.put(job, chunked(job))
    show(qtbot, panel, first)
    qtbot.mouseClick(panel.head.keep, Qt.MouseButton.LeftButton)
    panel.follow(second.id, second.name)
    assert panel.model.job_id == first.id
    qtbot.mouseClick(panel.head.keep, Qt.MouseButton.LeftButton)
    panel.follow(second.id, second.name)
    assert panel.model.job_id == second.id


def test_nobody_asks_while_nobody_looks(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = backend.put(make_job(1), None)
    panel.hide()
    panel.follow(job.id, job.name)
    panel.model.poll()
    assert backend.calls.count("poll") == 0
    panel.show()
    qtbot.waitUntil(lambda: backend.calls.count("poll") == 1)


def test_a_job_at_rest_is_asked_about_once(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1, succeeded=10, state="FINISHED")
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    panel.model.poll()
    assert backend.calls.count("poll") == 1


def test_a_long_name_and_a_long_error_ask_for_no_width(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = replace(make_job(1, dead=1), name="testing-sh010-ana_" + "x" * 300)
    backend.put(job, chunked(job, {1001: "DEAD"}, errors={"1001-encode": SENTENCE * 10}))
    show(qtbot, panel, job)
    assert panel.minimumSizeHint().width() < 480


def test_ten_thousand_chunks_never_hold_the_window_up(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1)
    layer = replace(make_layer(job, "encode", 10_000 * 48), chunk=48)
    frames = tuple(make_frame(layer, 1001 + 48 * n) for n in range(10_000))
    backend.put(job, JobNews(job, (layer,), frames, {}, {}, "/jobs/a"))
    with LoopWatch() as watch:
        show(qtbot, panel, job)
        qtbot.waitUntil(lambda: panel.chunks.sorted.rowCount() == 10_000)
    assert watch.most_calls < MOST_CALLS
