# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The worker as a host runs it: exit codes, last lines, hostile names, signals, full disks and twins."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from clips import Clips, Job, Jobs, Run
from waiting import wait_for

HOSTILE = [
    b"a b", b"it's \"quoted\"", b"a:b", b"a,b;c", b"100%d", b"%04d", b"[x]", b"#IFRAME#", b"$(touch x)", b"`id`",
    b"new\nline", b"cr\rtab\tesc\x1b", b"-dash", b"caf\xc3\xa9", b"\xe6\x98\xa0\xe7\x94\xbb", b"\xff\xfe", b"n" * 200,
    b"back\\slash", b"a|b&c>d", b"*?{}", b"file:x", b"~", b"!h", b"x=y",
]  # fmt: skip
PARTS = ".cueffmpeg-*"


def failed(run: Run, code: int, *words: str) -> None:
    """The promise to a wrangler: the code, and a last line of one sentence."""
    assert run.returncode == code, run.lines
    last = run.lines[-1]
    assert last.startswith("error: ")
    assert last.endswith(".")
    for word in words:
        assert word in last


def nothing_half(folder: Path) -> None:
    assert list(folder.glob(PARTS)) == []


@pytest.fixture
def encode(clips: Clips, jobs: Jobs, tmp_path: Path) -> Job:
    (tmp_path / "out").mkdir()
    return jobs(clips("prores"), output=str(tmp_path / "out" / "o.mp4"))


@pytest.fixture
def both(clips: Clips, jobs: Jobs, tmp_path: Path) -> Job:
    (tmp_path / "out").mkdir()
    return jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "out" / "o.mp4"))


@pytest.fixture
def fake(tmp_path: Path, ffmpeg: str) -> Callable[[str], str]:
    """An ffmpeg that lists what the real one lists, and does `body` when there is work."""

    def make(body: str) -> str:
        path = tmp_path / "fake-ffmpeg"
        listing = f'case "$*" in *-encoders*|*-filters*) exec {ffmpeg} "$@";; esac'
        path.write_text(f"#!/bin/bash\n{listing}\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return make


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("this user may not mount a small disk")
        return place

    yield mount
    subprocess.run(["umount", place], capture_output=True, check=False)


def test_a_good_frame_ends_with_what_it_wrote(encode: Job) -> None:
    run = encode.must_run()
    assert run.lines[-1] == f"wrote {encode.output} ({encode.output.stat().st_size} bytes, 24 frames)"
    nothing_half(encode.output.parent)


def test_progress_is_told_in_plain_lines(encode: Job) -> None:
    assert any(line.startswith("encode 1-24  100 %  ") for line in encode.must_run().lines)


@pytest.mark.parametrize("arguments", [[], ["x"], ["{folder}", "paint", "1"], ["{folder}", "encode", "x"]])
def test_a_wrong_call_is_told_how(arguments: list[str], encode: Job) -> None:
    worker = ["python3", "-I", "-S", f"{encode.folder}/worker.pyz"]
    filled = [word.format(folder=encode.folder) for word in arguments]
    environment = {"PATH": os.environ["PATH"], "CUEFFMPEG_LOCAL_FARM": "1"}
    done = subprocess.run([*worker, *filled], capture_output=True, env=environment, check=False)
    failed(Run(done.returncode, done.stdout), 2, "job folder")


def test_a_layer_that_the_job_has_not_is_refused(encode: Job) -> None:
    failed(encode.run("compare"), 2, "compare")


@pytest.mark.parametrize("content", ["", "{", '{"schema": "cueffmpeg.job/9"}'])
def test_a_broken_job_document_is_bad_input(content: str, encode: Job) -> None:
    Path(encode.folder, "job.json").write_text(content)
    failed(encode.run(), 2, "job.json")


def test_a_source_that_is_gone_or_changed_is_bad_input(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = tmp_path / "s.mov"
    shutil.copy(clips("prores"), source)
    job = jobs(source, output=str(tmp_path / "o.mp4"))
    with source.open("ab") as file:
        file.write(b"x")
    failed(job.run(), 2, str(source), "has changed since it was submitted")
    source.unlink()
    failed(job.run(), 2, str(source), "No such file")
    assert not job.output.exists()


def test_a_source_replaced_by_one_of_equal_size_is_found_out(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = tmp_path / "s.mov"
    shutil.copy(clips("prores"), source)
    job = jobs(source, output=str(tmp_path / "o.mp4"))
    os.utime(source, (1, 1))
    failed(job.run(), 2, "has changed")


def test_an_output_folder_that_is_gone_is_bad_input(encode: Job) -> None:
    encode.output.parent.rmdir()
    failed(encode.run(), 2, str(encode.output.parent), "No such file")


def test_a_read_only_output_folder_is_bad_input(clips: Clips, jobs: Jobs, tiny_disk: Callable[[str], Path]) -> None:
    disk = tiny_disk("size=1m")
    job = jobs(clips("prores"), output=str(disk / "o.mp4"))
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    failed(job.run(), 2, str(disk), "Read-only")


@pytest.mark.parametrize("preset", ["h264-review", "prores-422-hq"])
def test_a_full_disk_is_temporary_and_leaves_nothing(
    preset: str, clips: Clips, jobs: Jobs, tiny_disk: Callable[[str], Path]
) -> None:
    disk = tiny_disk("size=64k")
    ending = ".mov" if "prores" in preset else ".mp4"
    job = jobs(
        clips("prores"), preset, output=str(disk / f"o{ending}"), values={"crf": "1"} if "h264" in preset else {}
    )
    failed(job.run(), 75, "No space left")
    assert list(disk.iterdir()) == []


def test_a_disk_without_room_for_one_more_file_is_temporary(
    clips: Clips, jobs: Jobs, tiny_disk: Callable[[str], Path]
) -> None:
    disk = tiny_disk("size=1m,nr_inodes=2")
    job = jobs(clips("prores"), output=str(disk / "o.mp4"))
    (disk / "last").touch()
    failed(job.run(), 75, "No space left")


def test_a_full_disk_under_the_job_folder_is_temporary(both: Job, tiny_disk: Callable[[str], Path]) -> None:
    both.must_run()
    disk = tiny_disk("size=4k")
    shutil.rmtree(f"{both.folder}/work")
    os.symlink(disk, f"{both.folder}/work")
    run = both.run("compare")
    assert run.returncode in (3, 75)
    assert "disk" in run.lines[-1]
    assert not both.scores.exists()


def test_a_limit_on_file_sizes_ends_in_a_sentence(encode: Job, ffmpeg: str, fake: Callable[[str], str]) -> None:
    run = encode.run(CUEFFMPEG_FFMPEG=fake(f'ulimit -f 8; exec {ffmpeg} "$@"'))
    assert run.returncode in (3, 75)
    failed(run, run.returncode, str(run.returncode and "ffmpeg"))
    nothing_half(encode.output.parent)
    assert not encode.output.exists()


@pytest.mark.parametrize("named", ["/gone/ffmpeg", "gone-ffmpeg", "/etc/passwd", "/"])
def test_a_host_without_ffmpeg_is_not_fit(named: str, encode: Job) -> None:
    failed(encode.run(CUEFFMPEG_FFMPEG=named), 5, named)


def test_a_host_with_a_lesser_ffmpeg_is_not_fit(both: Job, tmp_path: Path) -> None:
    lesser = tmp_path / "lesser"
    lesser.write_text("#!/bin/sh\necho ' V..... mpeg4  MPEG-4'\n")
    lesser.chmod(0o755)
    failed(both.run("encode", CUEFFMPEG_FFMPEG=str(lesser)), 5, "has no libx264")
    both.must_run("encode")
    failed(both.run("compare", CUEFFMPEG_FFMPEG=str(lesser)), 5, "has no libvmaf")


LIES = {
    "writes nothing": "exit 0",
    "says it is done and writes nothing": "printf 'frame=24\\nprogress=end\\n'",
    "does half of it": "printf 'frame=12\\nprogress=end\\n'; echo half > \"${@: -1}\"",
    "writes another thing": "printf 'frame=24\\nprogress=end\\n'; echo this is no film > \"${@: -1}\"",
    "crashes": "kill -SEGV $$",
    "prints no text": "printf '\\xff\\xfe\\x1b[31m' >&2; exit 234",
}


@pytest.mark.parametrize("lie", LIES)
def test_an_exit_code_proves_nothing(lie: str, encode: Job, ffmpeg: str, fake: Callable[[str], str]) -> None:
    encode.output.write_bytes(b"older")
    run = encode.run(CUEFFMPEG_FFMPEG=fake(f'case "$*" in *-progress*) {LIES[lie]};; *) exec {ffmpeg} "$@";; esac'))
    assert run.returncode in (3, 4)
    failed(run, run.returncode)
    assert encode.output.read_bytes() == b"older"
    nothing_half(encode.output.parent)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [("-frames:v 23", "23"), ("-r 25", "evenly|frames"), ("-an", "audio|sound"), ("-vf null -s 160x90", "size"),
     ("-pix_fmt yuv422p", "pixel format")],
)  # fmt: skip
def test_what_is_not_as_asked_is_rejected(
    arguments: str, complaint: str, encode: Job, fake: Callable[[str], str], ffmpeg: str
) -> None:
    body = f'case "$*" in *-progress*) set -- "${{@:1:$#-1}}" {arguments} "${{@: -1}}";; esac; exec {ffmpeg} "$@"'
    run = encode.run(CUEFFMPEG_FFMPEG=fake(body))
    assert run.returncode in (3, 4), run.lines
    assert any(word in run.lines[-1] for word in complaint.split("|")), run.lines[-1]
    assert not encode.output.exists()


def hostile(folder: Path, name: bytes, ending: str) -> str:
    path = os.path.join(os.fsencode(folder), name, os.path.basename(name) + ending.encode())
    os.makedirs(os.path.dirname(path))
    return os.fsdecode(path)


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[2:22])
def test_any_name_is_encoded_and_printed_so_that_a_shell_repeats_it(
    name: bytes, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    source = hostile(tmp_path / "in", name, ".mov")
    output = hostile(tmp_path / "out", name, ".mp4")
    shutil.copy(clips("prores"), source)
    job = jobs(source, output=output)
    run = job.must_run()
    assert all(32 <= byte < 127 or byte == 10 for byte in run.printed)
    made = job.output.read_bytes()
    job.output.unlink()
    subprocess.run(["bash", "-c", run.commands[0]], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    assert [path.read_bytes() for path in job.output.parent.iterdir()] == [made]


@pytest.mark.parametrize("first", range(0, len(HOSTILE), 6))
def test_any_names_can_be_compared(first: int, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    name = b"/".join(HOSTILE[first : first + 6])
    reference, source = hostile(tmp_path / "a", name, ".mp4"), hostile(tmp_path / "b", name, ".mp4")
    clips.run(["-i", str(clips("bframes")), "-c", "copy", "-frames:v", "4", "-f", "mp4", str(tmp_path / "x")])
    shutil.copy(tmp_path / "x", reference)
    shutil.copy(tmp_path / "x", source)
    run = jobs(source, "vmaf-compare", reference=reference).must_run("compare")
    assert run.printed.isascii()
    work = tmp_path / "work"
    work.mkdir()
    subprocess.run(["bash", "-c", run.commands[0]], check=True, cwd=work, stdout=subprocess.DEVNULL)
    assert len(list(work.iterdir())) == 1


def test_failures_of_hostile_names_stay_one_line_of_ascii(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = hostile(tmp_path / "in", b"new\nline\x1b[31m\xff", ".mov")
    shutil.copy(clips("prores"), source)
    job = jobs(source, output=str(tmp_path / "o.mp4"))
    os.unlink(source)
    run = job.run()
    assert all(32 <= byte < 127 or byte == 10 for byte in run.printed)
    failed(run, 2, "No such file")


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def kill_at(job: Job, layer: str, seconds: float) -> None:
    """Kills a worker that has run for so long; whatever it had started must be gone soon after."""
    with job.start(layer) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        before = children(process.pid) if process.poll() is None else []
        process.kill()
        process.communicate()
    for child in before:
        wait_for(lambda child=child: is_gone(child))


def moments(job: Job, layer: str, count: int) -> list[float]:
    """Moments spread over how long a run takes here and now."""
    started = time.monotonic()
    job.must_run(layer)
    whole = time.monotonic() - started
    return [whole * (number + 0.5) / count for number in range(count)]


@pytest.mark.parametrize("kills", [8, pytest.param(80, marks=pytest.mark.long)])
def test_killed_encodes_leave_no_process_and_no_half_file(kills: int, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    job = jobs(clips("h264"), output=str(tmp_path / "out" / "o.mp4"), values={"speed": "veryslow", "crf": "1"})
    times = moments(job, "encode", kills)
    made = job.output.read_bytes()
    for seconds in times:
        job.output.write_bytes(b"older")
        kill_at(job, "encode", seconds)
        assert job.output.read_bytes() in (b"older", made)
    job.must_run()
    assert job.output.read_bytes() == made
    nothing_half(job.output.parent)


@pytest.mark.parametrize("kills", [6, pytest.param(60, marks=pytest.mark.long)])
def test_killed_comparisons_are_whole_after_the_next_run(kills: int, clips: Clips, jobs: Jobs) -> None:
    job = jobs(clips("bframes"), "vmaf-compare", reference=str(clips("h264")))
    times = moments(job, "compare", kills)
    made = job.scores.read_bytes()
    for seconds in times:
        job.scores.unlink(missing_ok=True)
        kill_at(job, "compare", seconds)
        assert not job.scores.exists() or job.scores.read_bytes() == made
    job.must_run("compare")
    assert job.scores.read_bytes() == made
    assert list(Path(job.folder, "work").iterdir()) == []
    assert list(job.scores.parent.glob(".*")) == []


def start_and_wait_for_work(job: Job, layer: str = "encode", **environment: str) -> "subprocess.Popen[bytes]":
    process = job.start(layer, **environment)
    assert process.stdout
    while not process.stdout.readline().startswith(b"+ "):
        assert process.poll() is None
    wait_for(lambda: bool(children(process.pid)))
    return process


@pytest.mark.parametrize("body", ["exec sleep 600", "trap '' TERM INT; while :; do read -t 600 < <(sleep 600); done"])
def test_a_stopped_frame_takes_its_ffmpeg_along(body: str, encode: Job, fake: Callable[[str], str]) -> None:
    with start_and_wait_for_work(encode, CUEFFMPEG_FFMPEG=fake(body)) as process:
        child = children(process.pid)[0]
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate(timeout=60)
    failed(Run(process.returncode, printed), 75, "stopped")
    assert is_gone(child)
    assert not encode.output.exists()
    nothing_half(encode.output.parent)


def test_a_killed_worker_takes_along_an_ffmpeg_that_ignores_term(encode: Job, fake: Callable[[str], str]) -> None:
    body = "trap '' TERM INT; while :; do read -t 1 < <(:); done"
    with start_and_wait_for_work(encode, CUEFFMPEG_FFMPEG=fake(body)) as process:
        child = children(process.pid)[0]
        process.kill()
    wait_for(lambda: is_gone(child))


def test_a_stop_after_the_work_is_done_changes_nothing(encode: Job) -> None:
    with encode.start(CUEFFMPEG_LOCAL_FARM=None) as process:
        assert process.stdout
        wait_for(lambda: b"wrote" in process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0, printed


def test_two_workers_of_one_frame_make_one_whole_file(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("h264"), output=str(tmp_path / "o.mp4"))
    job.must_run()
    made = job.output.read_bytes()
    for _ in range(3):
        job.output.unlink()
        with job.start() as one, job.start() as other:
            printed = [process.communicate(timeout=60)[0] for process in (one, other)]
        assert [one.returncode, other.returncode] == [0, 0], printed
        assert job.output.read_bytes() == made
        nothing_half(tmp_path)


def test_a_slower_twin_does_not_fail_because_the_faster_was_done(
    clips: Clips, jobs: Jobs, tmp_path: Path, fake: Callable[[str], str], ffmpeg: str
) -> None:
    job = jobs(clips("h264"), output=str(tmp_path / "o.mp4"))
    slow = fake(f'case "$*" in *-progress*) read -t 1.5 < <(sleep 9);; esac; exec {ffmpeg} "$@"')
    with start_and_wait_for_work(job, CUEFFMPEG_FFMPEG=slow) as process:
        job.must_run()
        made = job.output.read_bytes()
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0, printed
    assert job.output.read_bytes() == made
    nothing_half(tmp_path)


def test_parts_of_the_dead_are_removed_and_parts_of_others_are_not(encode: Job) -> None:
    encode.must_run()
    folder = encode.output.parent
    (folder / ".cueffmpeg-000000000000.host.1.part.mp4").touch()
    encode.must_run()
    assert [path.name for path in folder.glob(PARTS)] == [".cueffmpeg-000000000000.host.1.part.mp4"]


def test_a_worker_waits_for_a_slow_reader_at_the_end(encode: Job) -> None:
    run = encode.must_run(CUEFFMPEG_LOCAL_FARM=None)
    assert run.lines[-2].startswith("wrote ")
    assert run.lines[-1] == ""


def test_a_name_as_long_as_names_can_be_is_written(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("prores"), output=str(tmp_path / ("n" * 251 + ".mp4")))
    job.must_run()
    assert job.output.exists()


def test_an_output_that_is_a_link_is_replaced_and_its_target_kept(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    target = tmp_path / "target.mp4"
    target.write_bytes(b"older")
    (tmp_path / "o.mp4").symlink_to(target)
    jobs(clips("prores"), output=str(tmp_path / "o.mp4")).must_run()
    assert target.read_bytes() == b"older"
