#!/usr/bin/env python3
"""Composes, plays and encodes the sample clips: `python3 compose.py` (README.md beside it says what it needs)."""
import csv
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from mixing import RATE, mix, to_pcm16
from songs import SONGS

HERE = Path(__file__).parent
# The formats differ on purpose, so that the clips also exercise the decoder.
ENCODINGS = {
    "happy-1": "-m j -b 80 --resample 44.1",            # MPEG-1, joint stereo, constant bit rate
    "happy-2": "-m j -V 9 --resample 44.1",             # variable bit rate with a Xing header
    "sad-1": "-m m -b 32 --resample 22.05",             # MPEG-2, mono
    "sad-2": "-m j -b 64 --resample 44.1",
    "energetic-1": "-m j -b 96 --resample 44.1",
    "energetic-2": "-m s -b 80 --resample 44.1",        # plain left and right
    "calm-1": "-m j -b 64 --resample 44.1",
    "calm-2": "-m j -b 56 --resample 32",               # MPEG-1 at its lowest rate
}


def encode(song, path):
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        with wave.open(file, "wb") as wav:
            wav.setnchannels(2), wav.setsampwidth(2), wav.setframerate(RATE)
            wav.writeframes(to_pcm16(mix(song)))
        file.flush()
        subprocess.run(["lame", "--quiet", *ENCODINGS[song.name].split(), "--id3v2-only", "--tt", song.title,
                        "--ta", "SongMood samples", file.name, str(path)], check=True)


def main(names):
    if unknown := set(names) - set(ENCODINGS):
        sys.exit(f"No such piece: {', '.join(sorted(unknown))}. There are {', '.join(ENCODINGS)}.")
    for compose in SONGS:
        song = compose()
        if names and song.name not in names:
            continue
        path = HERE / f"{song.name}.mp3"
        encode(song, path)
        print(f"{path.name}: {song.duration:.1f} s, {path.stat().st_size:,} bytes, {song.title}")
    with open(HERE / "labels.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["path", "mood", "artist"])
        for compose in SONGS:
            # One artist name a set, so that a split by artist has every mood on both sides.
            mood, number = compose().name.split("-")
            writer.writerow([f"{mood}-{number}.mp3", mood, f"SongMood samples {number}"])


if __name__ == "__main__":
    main(sys.argv[1:])
