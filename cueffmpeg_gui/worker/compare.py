# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The compare layer: both clips through libvmaf, rows to side file and log."""

import os
from dataclasses import replace

from cueffmpeg_gui.errors import FrameFailed, InputRefused
from cueffmpeg_gui.jobs.folder import scores_path
from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.plan import threads_of
from cueffmpeg_gui.jobs.provenance import provenance_of
from cueffmpeg_gui.jobs.score_numbers import named_pair, score_step, scored_pictures
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.compare import CompareTask, build_compare
from cueffmpeg_gui.media.features import Features, features_bytes
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.libvmaf import CompareLog, read_compare_log
from cueffmpeg_gui.media.metrics import has_xpsnr
from cueffmpeg_gui.media.packets import PacketDigests, read_packet_digests
from cueffmpeg_gui.media.pair_measure import PairMeasure, measure_bytes
from cueffmpeg_gui.media.provenance import Build
from cueffmpeg_gui.media.records import score_lines
from cueffmpeg_gui.media.run import Outcome
from cueffmpeg_gui.media.scores import Scores, scores_bytes
from cueffmpeg_gui.media.seek import has_cuts, slowly
from cueffmpeg_gui.worker.chunk import read_chunk_facts
from cueffmpeg_gui.worker.compare_files import CompareFiles, compare_files
from cueffmpeg_gui.worker.failure import explain_ffmpeg, missed_frames
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import ffmpeg_version, find_ffmpeg, require
from cueffmpeg_gui.worker.inputs import check_older, check_pictures, check_unchanged, identity_of, naming_changes
from cueffmpeg_gui.worker.output import made_packets
from cueffmpeg_gui.worker.pair_look import read_look
from cueffmpeg_gui.worker.part_files import write_made
from cueffmpeg_gui.worker.report import past_stopping, say
from cueffmpeg_gui.worker.score_table import say_scores


def run_compare(folder: str, spec: JobSpec, frame: int) -> None:
    """Scores the chunk that holds `frame`, writes scores/, prints the records. Raises CueffmpegError children."""
    ffmpeg = find_ffmpeg()
    require(ffmpeg, "filters", "libvmaf")
    chunk, places = spec.chunk_of(frame), JobPaths(spec, folder)
    scores, features, measure = _score(folder, spec, chunk, ffmpeg)
    write_made(places.chunk_features(chunk), features_bytes(features, chunk))
    write_made(places.chunk_pair(chunk), measure_bytes(measure))
    write_made(places.chunk_scores(chunk), scores_bytes(scores))
    if not spec.has_summary:
        write_made(scores_path(folder), scores_bytes(scores))
    past_stopping()
    for line in score_lines(scores):
        say(line)
    say_scores(scores)


def _score(folder: str, spec: JobSpec, chunk: FrameRange, ffmpeg: str) -> tuple[Scores, Features, PairMeasure]:
    compare = compare_task(spec, chunk)
    if has_xpsnr(compare.values["metrics"]):
        require(ffmpeg, "filters", "xpsnr")
    check_unchanged("encode", compare.encode, compare.encode_frames)
    check_unchanged("reference", compare.reference, compare.reference_frames)
    if spec.preset.job_kind.encodes:
        _check_made_here(folder, spec, compare, ffmpeg)
    check_pictures("encode", compare.encode, compare.encode_frames)
    check_pictures("reference", compare.reference, compare.reference_frames)
    with compare_files(os.path.join(folder, "work"), chunk.first) as files:
        with naming_changes(compare.reference, compare.reference_frames):
            found = _run(compare, spec, chunk, files, ffmpeg)
        measure = read_look(files, compare.reference_frames, spec.pictures(chunk))
    model = str(spec.preset.values["models"][0])
    number_of, pictures, scored = compare.reference.number_of, spec.pictures(chunk), scored_pictures(spec)
    own = {number_of(frame): row for frame, row in found.rows.items() if frame in pictures and frame in scored}
    # Of each n-th frame the first of this chunk may be a later one than the chunk's.
    first = min(own, default=chunk.first)
    made = provenance_of(spec, compare, Build(ffmpeg_version(ffmpeg), found.version))
    scores = Scores("compare", first, chunk.last, compare.metrics, model, own, every=score_step(spec), provenance=made)
    scores = replace(scores, absent=spec.absent, pair=named_pair(spec, [measure]), allowed=spec.allowed_faults)
    return scores, found.features.renumbered(number_of), measure


def _check_made_here(folder: str, spec: JobSpec, compare: CompareTask, ffmpeg: str) -> None:
    """An encode of this job is known only as it was planned; libvmaf would score any film, and any later picture."""
    film = read_packet_digests(compare.encode.path, ffmpeg)
    found, wanted = len(film.digests), compare.encode.video.frames
    if found != wanted:
        raise FrameFailed(
            f"{compare.encode.path} holds {found} of {wanted} frames: it is not the encode that this job made; "
            "retry the encode."
        )
    if film.digest not in made_packets(folder, spec):
        raise FrameFailed(
            f"{compare.encode.path} is not the encode that this job made: its pictures are others; retry the encode."
        )
    if spec.is_chunked:
        _check_made_of_chunks(JobPaths(spec, folder), spec, compare, film)
    else:
        check_older(compare.reference, compare.reference_frames, compare.encode.path)


def _check_made_of_chunks(places: JobPaths, spec: JobSpec, compare: CompareTask, film: PacketDigests) -> None:
    first = spec.pictures(spec.frames).first
    for chunk in spec.chunks:
        facts, pictures = read_chunk_facts(places, chunk), spec.pictures(chunk)
        if film.part(pictures.first - first, len(pictures)).digest != facts.packets:
            raise FrameFailed(
                f"{compare.encode.path} is not the encode that this job made: it does not hold the chunk {chunk}; "
                "retry the join."
            )
        read = compare.reference_frames
        is_read = pictures.first <= read.last and read.first <= pictures.last
        if is_read and identity_of(spec.source, pictures) != facts.inputs:
            raise InputRefused(
                f"Frames {chunk} of {spec.source.path} were changed since they were encoded; retry the encode, the "
                "join and the comparison."
            )


def _run(compare: CompareTask, spec: JobSpec, chunk: FrameRange, files: CompareFiles, ffmpeg: str) -> CompareLog:
    read = compare.reference_frames
    outcome = _run_once(compare, spec, chunk, files, ffmpeg)
    if missed_frames(outcome, len(read)) and has_cuts(compare.encode, compare.reference):
        say("note: the seek did not give the frames; decoding from the start instead")
        slow = replace(compare, encode=slowly(compare.encode), reference=slowly(compare.reference))
        outcome = _run_once(slow, spec, chunk, files, ffmpeg)
    explain_ffmpeg(outcome, f"{compare.encode.path} beside {compare.reference.path}", len(read))
    beside = files.path(files.beside) if has_xpsnr(compare.values["metrics"]) else ""
    log, every = files.path(files.log), compare.subsample
    return read_compare_log(log, compare.metrics, read.first, len(read), every=every, beside=beside)


def _run_once(compare: CompareTask, spec: JobSpec, chunk: FrameRange, files: CompareFiles, ffmpeg: str) -> Outcome:
    argv = build_compare(compare, files.log, ffmpeg, threads_of(spec), beside=files.beside, look=files.look)
    return run_reported(argv, spec, "compare", chunk, total=len(compare.reference_frames), cwd=files.folder)
