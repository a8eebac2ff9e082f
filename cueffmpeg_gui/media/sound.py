# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sound from a file of its own (or of a chunked clip), made exactly as long as the picture, to the sample."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Optional

from cueffmpeg_gui.media.codecs import AUDIO_CODECS
from cueffmpeg_gui.media.containers import local_input
from cueffmpeg_gui.media.facts import AudioFacts, SoundFile

# Silence where the time stamps leave some out; coarse clocks (a millisecond in Matroska) are no gaps. Samples stay.
FILL_GAPS = "aresample=async=1:min_hard_comp=0.01"

PCM = "pcm_"


@dataclass(frozen=True)
class Sound:
    """The streams of a file begin `delay` seconds after the picture (negative: before it), which lasts `length`."""

    file: SoundFile
    delay: Fraction
    length: Fraction

    @property
    def path(self) -> str:
        """The file."""
        return self.file.path

    @property
    def streams(self) -> tuple[AudioFacts, ...]:
        """Its streams, all of which are kept."""
        return self.file.streams

    @property
    def note(self) -> Optional[str]:
        """What is done to its length, as a sentence."""
        if not self.streams:
            return None
        over = max(stream.duration for stream in self.streams) + self.delay - self.length
        if abs(over) < Fraction(1, 1000):
            return None
        how = f"{float(over):.3f} s of it are cut off" if over > 0 else f"{float(-over):.3f} s of silence are added"
        return f"The sound does not end with the picture; {how}."


def sound_input(sound: Sound) -> tuple[str, ...]:
    """ffmpeg's arguments for the file; a WAV without its length is read as samples: as WAV its end is an error."""
    found = local_input(sound.path)
    if not sound.file.samples_at:
        return found
    (stream,) = sound.streams
    raw = stream.codec.replace(PCM, ""), str(stream.sample_rate), stream.layout, str(sound.file.samples_at)
    names = "-f", "-ar", "-ch_layout", "-skip_initial_bytes"
    return (*(word for pair in zip(names, raw) for word in pair), *found)


def sound_arguments(sound: Sound, values: Mapping[str, Any], source: int) -> list[str]:
    """Maps, encoder and exact-length filters; `source` is the number of its input."""
    audio = AUDIO_CODECS[values["audio_codec"]]
    arguments: list[str] = []
    for number, stream in enumerate(sound.streams):
        arguments += ["-map", f"{source}:{stream.index}", f"-filter:a:{number}", sound_filter(sound, stream)]
    arguments += ["-c:a", audio.encoder]
    return arguments + (["-b:a", values["audio_bitrate"]] if audio.has_bitrate else [])


def sound_filter(sound: Sound, stream: AudioFacts) -> str:
    """Counts samples, not seconds: fills gaps, shifts by the delay, pads with silence, cuts at the picture's end."""
    shift = round((sound.delay + stream.start) * stream.sample_rate)
    total = round(sound.length * stream.sample_rate)
    chain = [FILL_GAPS, "asetpts=N/SR/TB"]
    if shift > 0:
        chain.append(f"adelay={shift}S:all=1")
    if shift < 0:
        chain += [f"atrim=start_sample={-shift}", "asetpts=N/SR/TB"]
    return ",".join([*chain, f"apad=whole_len={total}", f"atrim=end_sample={total}"])
