#!/usr/bin/env python3
"""Draws icon.png, the packages' icon: a spectrum of four bars, one for each mood, on a dark ground.

python3 build/package/icon.py, with nothing but Python. Each pixel is the mean of 4 x 4 points.
"""
import pathlib
import struct
import zlib

SIZE, OVERSAMPLING = 128, 4
GROUND, CORNER = (27, 31, 46), 26
# Happy, energetic, calm, sad: colour and height of the bar.
BARS = [((255, 200, 61), 62), ((255, 92, 77), 92), ((94, 205, 160), 48), ((92, 140, 255), 30)]
WIDTH, GAP, FLOOR = 17, 8, 110


def is_in_rounded_box(x, y, left, top, right, bottom, radius):
    if not (left <= x < right and top <= y < bottom):
        return False
    across = max(left + radius - x, x - (right - radius), 0)
    down = max(top + radius - y, y - (bottom - radius), 0)
    return across * across + down * down <= radius * radius


def colour_at(x, y):
    if not is_in_rounded_box(x, y, 0, 0, SIZE, SIZE, CORNER):
        return (0, 0, 0, 0)
    left = (SIZE - len(BARS) * WIDTH - (len(BARS) - 1) * GAP) / 2
    for colour, height in BARS:
        if is_in_rounded_box(x, y, left, FLOOR - height, left + WIDTH, FLOOR, 6):
            return (*colour, 255)
        left += WIDTH + GAP
    return (*GROUND, 255)


def pixel(column, row):
    points = [colour_at(column + (i + 0.5) / OVERSAMPLING, row + (j + 0.5) / OVERSAMPLING)
              for i in range(OVERSAMPLING) for j in range(OVERSAMPLING)]
    alpha = sum(point[3] for point in points)
    colour = [round(sum(point[i] * point[3] for point in points) / alpha) if alpha else 0 for i in range(3)]
    return bytes([*colour, round(alpha / len(points))])


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)  # 8 bits, red, green, blue and alpha (PNG, 11.2.2)
pathlib.Path(__file__).with_name("icon.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
