"""Makes the MP3 fixtures of this folder with LAME (3.100) from signals that FixtureSignal.cs computes as well.

A rising tone over a steady one, with clicks, so that short blocks occur; the right channel is a quieter and partly opposite
mixture, so that joint stereo has work. Usage: python3 make.py [folder]   (needs numpy and lame)
"""
import os
import subprocess
import sys

import numpy as np


def signal(rate, channels, seconds):
    count = int(rate * seconds)
    t = np.arange(count) / rate
    top = 0.35 * rate
    tones = 0.3 * np.sin(2 * np.pi * (200 * t + (top - 200) / (2 * seconds) * t * t)) + 0.2 * np.sin(2 * np.pi * 440 * t)
    clicks = np.zeros(count)
    for k in range(1, 4):
        start = k * count // 4
        i = np.arange(min(count - start, rate // 100))
        clicks[start:start + len(i)] = 0.4 * np.exp(-i / (0.002 * rate)) * np.cos(0.9 * i)
    left = tones + clicks
    right = 0.6 * tones + 0.15 * np.sin(2 * np.pi * 1000 * t) - 0.3 * clicks
    return np.stack([left, right], 1)[:, :channels]


def make(folder, name, rate, channels, seconds, *arguments):
    samples = (np.clip(signal(rate, channels, seconds), -1, 1) * 32767).round().astype("<i2").tobytes()
    mode = "m" if channels == 1 else "j"
    command = ["lame", "--quiet", "-r", "-s", str(rate / 1000), "--resample", str(rate / 1000), "--bitwidth", "16", "--signed",
               "--little-endian", "-m", mode, *arguments, "-", os.path.join(folder, name)]
    subprocess.run(command, input=samples, check=True)


if __name__ == "__main__":
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    make(folder, "mpeg1-44100-joint-cbr128.mp3", 44100, 2, 0.4, "-b", "128")
    make(folder, "mpeg1-48000-mono-vbr.mp3", 48000, 1, 0.4, "-V", "5")
    make(folder, "mpeg1-32000-joint-crc.mp3", 32000, 2, 0.4, "-b", "96", "-p")
    make(folder, "mpeg1-44100-mono-free.mp3", 44100, 1, 0.4, "-b", "75", "--freeformat")
    make(folder, "mpeg2-22050-joint-cbr64.mp3", 22050, 2, 0.6, "-b", "64")
    make(folder, "mpeg2-24000-mono-untagged.mp3", 24000, 1, 0.6, "-b", "32", "-t")
    make(folder, "mpeg2-16000-joint-vbr.mp3", 16000, 2, 0.8, "-V", "4")
    make(folder, "mpeg25-11025-joint-cbr32.mp3", 11025, 2, 1.0, "-b", "32")
    make(folder, "mpeg25-12000-joint-vbr.mp3", 12000, 2, 1.0, "-V", "5")
    make(folder, "mpeg25-8000-mono-cbr24.mp3", 8000, 1, 1.0, "-b", "24")
