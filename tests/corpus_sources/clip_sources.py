# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Clips: every codec that studios have, in its containers, with its pixels, rates and tags."""

from source import BT601, BT709, BURSTS, Maker, Source

PRORES, FFV1 = "-c:v prores_ks", "-c:v ffv1 -g 1"
X264 = "-c:v libx264 -qp 0 -preset ultrafast"
X265 = "-c:v libx265 -preset ultrafast -x265-params lossless=1:log-level=none"
MJPEG = "-c:v mjpeg -q:v 1 -qmin 1"
FULL_709 = ("pc", "bt709", "bt709", "bt709")
FULL_601 = ("pc", "smpte170m", "smpte170m", "smpte170m")
UHD = ("tv", "bt2020nc", "bt2020", "bt2020-10")
PQ = ("tv", "bt2020nc", "bt2020", "smpte2084")
ODD = (65, 49)


def clip(name: str, ending: str, codec: str, pix_fmt: str = "yuv420p", **more: object) -> Source:
    """A source whose words go to its making or to what is right, by their names."""
    making = {
        key: more.pop(key) for key in ("size", "rate", "site", "chain", "before", "sound", "numbers") if key in more
    }
    said = {"tags": more.pop("source_tags")} if "source_tags" in more else {}
    for key in ("size", "rate"):
        if key in making:
            more.setdefault(key, making[key])
    if "numbers" in making:
        more.setdefault("shown", tuple(making["numbers"]))  # type: ignore[arg-type]  # a list of numbers

    def make(maker: Maker) -> str:
        return maker.clip(ending, codec, pix_fmt, **{**making, **said})  # type: ignore[arg-type]  # words of a table

    return Source(name, make, **more)  # type: ignore[arg-type]  # words of a table


LOSSY = {"near": 4.0}
SILENT = {"source_tags": None}
CLIPS = [
    clip("prores 422", ".mov", f"{PRORES} -profile:v 3 -pix_fmt yuv422p10le", "yuv422p10le", is_quick=True),
    clip("prores 422 mkv", ".mkv", f"{PRORES} -profile:v 3", "yuv422p10le"),
    clip("prores 422 mxf", ".mxf", f"{PRORES} -profile:v 3", "yuv422p10le", rate="25"),
    clip("prores 4444", ".mov", f"{PRORES} -profile:v 4", "yuv444p10le"),
    clip("prores 4444 alpha", ".mov", f"{PRORES} -profile:v 4 -pix_fmt yuva444p10le", "yuv444p10le",
         chain="format=yuva444p10le", note="The alpha channel is left out"),
    clip("dnxhr hq", ".mov", "-c:v dnxhd -profile:v dnxhr_hq", "yuv422p", size=(256, 128)),
    clip("dnxhr hqx", ".mov", "-c:v dnxhd -profile:v dnxhr_hqx", "yuv422p10le", size=(256, 128)),
    clip("dnxhr 444", ".mov", "-c:v dnxhd -profile:v dnxhr_444 -pix_fmt yuv444p10le", "yuv444p10le", size=(256, 128)),
    clip("dnxhr rgb", ".mov", "-c:v dnxhd -profile:v dnxhr_444", "gbrp10le", size=(256, 128)),
    clip("dnxhd mxf", ".mxf", "-c:v dnxhd -b:v 36M", "yuv422p", size=(1920, 1080), rate="25", numbers=list(range(3))),
    clip("mjpeg mov 420", ".mov", MJPEG, "yuv420p", source_tags=FULL_601, site="center", near=3.0),
    clip("mjpeg avi 422", ".avi", MJPEG, "yuv422p", source_tags=FULL_601, site="center", near=3.0),
    clip("mjpeg mov 444", ".mov", MJPEG, "yuv444p", source_tags=FULL_601, near=3.0, is_quick=True),
    clip("v210", ".mov", "-c:v v210", "yuv422p10le"),
    clip("uyvy", ".mov", "-c:v rawvideo -pix_fmt uyvy422", "yuv422p", chain="format=uyvy422"),
    clip("yuyv avi", ".avi", "-c:v rawvideo -pix_fmt yuyv422", "yuv422p", chain="format=yuyv422",
         source_tags=BT601, tags=BT601),
    clip("r210", ".mov", "-c:v r210", "gbrp10le"),
    clip("r10k", ".mov", "-c:v r10k", "gbrp10le"),
    clip("png mov", ".mov", "-c:v png", "rgb24", is_quick=True),
    clip("png mov 16 bits", ".mov", "-c:v png -pix_fmt rgb48be", "rgb48be"),
    clip("qtrle", ".mov", "-c:v qtrle", "rgb24"),
    clip("qtrle alpha", ".mov", "-c:v qtrle -pix_fmt argb", "rgba", note="The alpha channel is left out"),
    clip("cineform", ".mov", "-c:v cfhd -quality film3+", "yuv422p10le", near=3.0),
    clip("cineform rgb", ".mov", "-c:v cfhd -quality film3+", "gbrp12le", near=3.0),
    clip("jpeg 2000 mov", ".mov", "-c:v jpeg2000 -pred 1 -pix_fmt rgb24", "rgb24"),
    clip("jpeg 2000 mxf", ".mxf", "-c:v jpeg2000 -pred 1", "yuv422p10le", rate="25"),
    clip("h264 420", ".mp4", X264, is_quick=True),
    clip("h264 422 10 bits", ".mov", X264, "yuv422p10le"),
    clip("h264 444", ".mkv", X264, "yuv444p"),
    clip("h264 b-frames mkv", ".mkv", "-c:v libx264 -crf 1 -bf 3 -g 8", near=3.0),
    clip("h264 b-frames flv", ".flv", "-c:v libx264 -crf 1 -bf 3 -g 8", near=3.0),
    clip("h264 open gop ts", ".ts", "-c:v libx264 -crf 1 -x264-params open-gop=1:keyint=6:bframes=2", near=3.0),
    clip("h264 rgb", ".mkv", "-c:v libx264rgb -qp 0", "gbrp"),
    clip("h264 full range", ".mp4", X264.replace("-qp 0", "-crf 1"), source_tags=FULL_709, near=3.0),
    clip("h264 silent of hd", ".mkv", X264, size=(1280, 720), numbers=list(range(3)), **SILENT,
         note="does not say its colour matrix; by its size bt709"),
    clip("h264 stream", ".h264", f"{X264} -f h264", rate="25"),
    clip("h264 240m", ".mkv", X264, source_tags=("tv", "smpte240m", "smpte240m", "smpte240m"),
         tags=("tv", "smpte240m", "smpte240m", "smpte240m")),
    clip("h264 601", ".mp4", X264, source_tags=BT601, tags=BT601),
    clip("h264 mxf", ".mxf", "-c:v libx264 -crf 1 -g 1", "yuv422p10le", rate="25", near=3.0),
    clip("hevc 8 bits", ".mp4", X265),
    clip("hevc 10 bits hvc1", ".mov", f"{X265} -tag:v hvc1", "yuv420p10le"),
    clip("hevc 12 bits 444", ".mkv", X265, "yuv444p12le"),
    clip("hevc ts", ".ts", X265),
    clip("hevc stream", ".hevc", X265, rate="25"),
    clip("hevc bt2020 pq top left", ".mp4", f"{X265}:chromaloc=2", "yuv420p10le", site="topleft",
         source_tags=PQ, tags=PQ, is_quick=True, note="HDR"),
    clip("h264 centred", ".mp4", f"{X264} -x264-params chromaloc=1", site="center"),
    clip("h264 top left", ".mkv", f"{X264} -x264-params chromaloc=2", site="topleft", source_tags=UHD, tags=UHD),
    clip("mpeg-1", ".mpg", "-c:v mpeg1video -q:v 1 -qmin 1 -g 1", site="center", source_tags=BT601, tags=BT601,
         rate="25", near=3.0),
    clip("mpeg-2 mxf", ".mxf", "-c:v mpeg2video -q:v 1 -qmin 1 -g 1", "yuv422p", rate="25", near=3.0),
    clip("mpeg-2 ts", ".ts", "-c:v mpeg2video -q:v 1 -qmin 1 -bf 2", rate="25", near=4.0),
    clip("mpeg-2 program stream", ".vob", "-c:v mpeg2video -q:v 1 -qmin 1 -bf 2", rate="25", near=4.0),
    clip("mpeg-4 avi", ".avi", "-c:v mpeg4 -q:v 1 -qmin 1", source_tags=BT601, tags=BT601, near=4.0),
    clip("wmv2", ".wmv", "-c:v wmv2 -q:v 1 -qmin 1", source_tags=BT601, tags=BT601, near=4.0),
    clip("vp8 webm", ".webm", "-c:v libvpx -crf 4 -b:v 8M -g 4", source_tags=BT601, tags=BT601, near=4.0),
    clip("vp9 webm", ".webm", "-c:v libvpx-vp9 -lossless 1"),
    clip("vp9 webm 10 bits", ".webm", "-c:v libvpx-vp9 -lossless 1", "yuv420p10le"),
    clip("vp9 webm rgb", ".webm", "-c:v libvpx-vp9 -lossless 1", "gbrp"),
    clip("av1 mkv", ".mkv", "-c:v libaom-av1 -cpu-used 8 -aom-params lossless=1"),
    clip("av1 mp4 10 bits", ".mp4", "-c:v libaom-av1 -cpu-used 8 -aom-params lossless=1", "yuv420p10le"),
    clip("theora", ".ogv", "-c:v libtheora -q:v 10", source_tags=BT601, tags=BT601, near=4.0),
    clip("ffv1 420", ".mkv", FFV1),
    clip("ffv1 411", ".mkv", FFV1, "yuv411p"),
    clip("ffv1 422 12 bits", ".mkv", FFV1, "yuv422p12le"),
    clip("ffv1 444 16 bits", ".mkv", FFV1, "yuv444p16le"),
    clip("ffv1 full range", ".mkv", FFV1, "yuv444p10le", source_tags=FULL_709),
    clip("ffv1 rgb 16 bits", ".mkv", FFV1, "gbrp16le"),
    clip("ffv1 gray", ".mkv", FFV1, "gray", source_tags=FULL_709, is_gray=True, tags=BT709),
    clip("ffv1 avi", ".avi", FFV1, source_tags=BT601, tags=BT601),
    clip("ffv1 nut", ".nut", FFV1, "yuv422p10le", source_tags=BT601, tags=BT601),
    clip("huffyuv avi", ".avi", "-c:v huffyuv", "yuv422p", source_tags=BT601, tags=BT601),
    clip("utvideo avi", ".avi", "-c:v utvideo", "yuv422p", source_tags=BT709, tags=BT709),
    clip("utvideo rgb", ".avi", "-c:v utvideo", "gbrp"),
    clip("magicyuv", ".avi", "-c:v magicyuv", "gbrp"),
    clip("raw rgb avi", ".avi", "-c:v rawvideo -pix_fmt bgr24", "rgb24"),
    clip("raw nut", ".nut", "-c:v rawvideo", "yuv420p10le", source_tags=BT601, tags=BT601),
    clip("y4m 420", ".y4m", "", source_tags=BT601, tags=BT601, is_quick=True),
    clip("y4m 420 paldv", ".y4m", "", source_tags=BT601, tags=BT601, site="topleft",
         chain="setparams=chroma_location=topleft"),
    clip("y4m 422 10 bits", ".y4m", "-strict -1", "yuv422p10le", source_tags=BT601, tags=BT601),
    clip("y4m 444", ".y4m", "", "yuv444p", source_tags=BT601, tags=BT601),
    clip("300 a second", ".mov", X264, rate="300"),
    clip("29.97 a second ts", ".ts", "-c:v libx264 -crf 1", rate="30000/1001", near=3.0),
    clip("23.976 a second mkv", ".mkv", FFV1, rate="24000/1001", is_quick=True),
    clip("59.94 a second flv", ".flv", "-c:v libx264 -crf 1", rate="60000/1001", near=3.0),
    clip("one picture", ".mov", PRORES, "yuv422p10le", numbers=[3]),
    clip("anamorphic", ".mkv", FFV1, chain="setsar=16/15", aspect="16/15"),
    clip("odd 444", ".mkv", FFV1, "yuv444p", size=ODD, turn=lambda p: p[:, :64], note="is odd"),
    clip("odd rgb", ".mov", "-c:v png", "rgb24", size=ODD, turn=lambda p: p[:, :64]),
    clip("odd 420", ".mkv", FFV1, size=ODD, near=3.0, turn=lambda p: p[:, :64]),
    clip("timecode", ".mov", f"{PRORES} -timecode 01:02:03:04", "yuv422p10le", timecode="01:02:03:04"),
    clip("drop frame", ".mov", f"{PRORES} -timecode 01:00:59;20", "yuv422p10le", rate="30000/1001",
         timecode="01:00:59;20"),
    clip("sound mov", ".mov", PRORES, "yuv422p10le", sound="-c:a pcm_s24le", bursts=BURSTS),
    clip("sound aac mp4", ".mp4", X264, sound="-c:a aac -b:a 192k", bursts=BURSTS, is_quick=True),
    clip("sound mxf", ".mxf", "-c:v mpeg2video -q:v 1 -qmin 1 -g 1", "yuv422p", rate="25", near=3.0,
         sound="-c:a pcm_s16le", bursts=BURSTS),
    clip("sound opus webm", ".webm", "-c:v libvpx-vp9 -lossless 1", sound="-c:a libopus", bursts=BURSTS),
    clip("sound ts", ".ts", "-c:v libx264 -crf 1", near=3.0, sound="-c:a aac", bursts=BURSTS),
    clip("sound avi", ".avi", "-c:v utvideo", "gbrp", sound="-c:a pcm_s16le", bursts=BURSTS),
    clip("fragments", ".mp4", "-c:v libx264 -crf 1 -bf 2 -g 8 -movflags frag_keyframe+empty_moov", near=3.0,
         sound="-c:a aac", bursts=BURSTS),
]  # fmt: skip
