"""A score and its MIDI file: parts, notes by name, chords, drum grids, a light human touch.

Times are in beats (quarter notes) from the start of the song. Only the standard library is used.
"""
import random
import re

TICKS_PER_BEAT = 480
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_CHORDS = {"": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7, 12), "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "maj7": (0, 4, 7, 11),
           "6": (0, 4, 7, 9), "sus2": (0, 2, 7), "sus4": (0, 5, 7), "add9": (0, 4, 7, 14), "madd9": (0, 3, 7, 14),
           "maj9": (0, 4, 7, 11, 14), "lyd": (0, 4, 7, 11, 18), "dim": (0, 3, 6)}
# General MIDI percussion key map (GM level 1, table 2).
DRUMS = {"kick": 36, "stick": 37, "snare": 40, "clap": 39, "closed": 42, "pedal": 44, "open": 46, "crash": 49, "crash2": 57,
         "ride": 51, "china": 52, "tambourine": 54, "low": 43, "mid": 47, "high": 50, "shaker": 70}
_HITS = {"o": 0.55, "x": 0.85, "X": 1.1}


def pitch(name):
    """'C4' is 60, 'F#3' is 54, 'Bb2' is 46."""
    letter, accidental, octave = re.fullmatch(r"([A-G])([#b]?)(-?\d)", name).groups()
    return _STEPS[letter] + {"": 0, "#": 1, "b": -1}[accidental] + 12 * (int(octave) + 1)


def chord(name, octave):
    """'Am7' with the root in the given octave, as a list of pitches from low to high."""
    root, quality = re.fullmatch(r"([A-G][#b]?)(.*)", name).groups()
    return [pitch(f"{root}{octave}") + step for step in _CHORDS[quality]]


class Part:
    """One instrument of the song: a General MIDI program with its place in the mix."""

    def __init__(self, song, program, pan, volume, reverb, chorus, stem, drums):
        self.song, self.stem, self.drums, self.program = song, stem, drums, program
        self.controls = {7: volume, 10: pan, 91: reverb, 93: chorus}
        self.notes = []        # (start seconds, end seconds, key, velocity)
        self.changes = []      # (seconds, controller, value)

    def play(self, beat, length, keys, velocity, spread=0.0):
        """A note or a chord ('E2', 40, or a list); `spread` strums it: beats between one string and the next."""
        keys = keys if isinstance(keys, (list, tuple)) else [keys]
        song, late = self.song, self.song.random.gauss(0, self.song.looseness)
        for i, key in enumerate(keys):
            start = max(0.0, song.seconds(beat) + i * spread * 60 / song.beats_per_minute + late + song.random.gauss(0, song.looseness / 3))
            touch = velocity * (1 + song.random.gauss(0, 0.05))
            self.notes.append((start, max(start + 0.02, song.seconds(beat + length) + late),
                               pitch(key) if isinstance(key, str) else key, int(min(127, max(1, touch)))))

    def line(self, beat, text, velocity, shape=0.0):
        """A melody: 'E5:1 D5:.5 -:.5' is note:beats, '-' a rest. `shape` is the velocity gained (or lost) along the line."""
        tokens = [token.split(":") for token in text.split()]
        for i, (name, length) in enumerate(tokens):
            if name != "-":
                self.play(beat, float(length) * 0.97, name, velocity + shape * i / len(tokens))
            beat += float(length)
        return beat

    def grid(self, beat, rows, velocity=100, step=0.25):
        """Drums: {'kick': 'X...x...'}; o soft, x plain, X accented, one character a step."""
        for name, hits in rows.items():
            for i, hit in enumerate(hits):
                if hit in _HITS:
                    self.play(beat + i * step, step, DRUMS[name], velocity * _HITS[hit])

    def swell(self, beat, end, low, high, controller=11):
        """Moves a controller (11 expression, 1 vibrato) in a straight line between two beats."""
        for i in range(33):
            self.changes.append((self.song.seconds(beat + (end - beat) * i / 32), controller, round(low + (high - low) * i / 32)))

    def events(self, channel):
        """(seconds, order, MIDI bytes); note-offs before controls before note-ons at the same time."""
        if not self.drums:
            yield 0.0, 0, bytes((0xC0 | channel, self.program))
        for controller, value in self.controls.items():
            yield 0.0, 0, bytes((0xB0 | channel, controller, value))
        for seconds, controller, value in self.changes:
            yield seconds, 2, bytes((0xB0 | channel, controller, value))
        for start, end, key, velocity in self.notes:
            yield start, 3, bytes((0x90 | channel, key, velocity))
            yield end, 1, bytes((0x80 | channel, key, 0))


class Song:
    """A piece: its tempo, feel and parts. `swing` is where the second eighth of a beat falls (0.5 straight, 0.66 shuffle)."""

    def __init__(self, name, title, beats_per_minute, beats, *, level_db, swing=0.5, looseness=0.006, fade=0.4, room=0.5):
        self.name, self.title, self.beats_per_minute, self.beats = name, title, beats_per_minute, beats
        self.level_db, self.swing, self.looseness, self.fade, self.room = level_db, swing, looseness, fade, room
        self.random = random.Random(name)     # seeded by the name: the same performance every time
        self.parts = []
        self.stems = {}                       # stem -> (gain, drive); see mixing.py

    @property
    def duration(self):
        return self.beats * 60 / self.beats_per_minute

    def seconds(self, beat):
        whole, part = divmod(beat, 1)
        part = part * self.swing / 0.5 if part < 0.5 else self.swing + (part - 0.5) * (1 - self.swing) / 0.5
        return (whole + part) * 60 / self.beats_per_minute

    def part(self, program=0, *, pan=64, volume=100, reverb=40, chorus=0, stem="band", drums=False):
        self.parts.append(Part(self, program, pan, volume, reverb, chorus, stem, drums))
        return self.parts[-1]

    def midi(self, stem):
        """A format 0 MIDI file with the parts of one stem (Standard MIDI Files 1.0)."""
        ticks_per_second = TICKS_PER_BEAT * self.beats_per_minute / 60
        melodic = iter(c for c in range(16) if c != 9)
        events = []
        for part in self.parts:
            if part.stem == stem:
                events += part.events(9 if part.drums else next(melodic))
        track = b"\xff\x51\x03" + round(60e6 / self.beats_per_minute).to_bytes(3, "big")
        track, now = b"\0" + track, 0
        for seconds, _, data in sorted(events):
            tick = round(seconds * ticks_per_second)
            track += _variable_length(tick - now) + data
            now = tick
        track += _variable_length(max(0, round(self.duration * ticks_per_second) - now)) + b"\xff\x2f\0"
        header = b"MThd" + (6).to_bytes(4, "big") + (0).to_bytes(2, "big") + (1).to_bytes(2, "big")
        return header + TICKS_PER_BEAT.to_bytes(2, "big") + b"MTrk" + len(track).to_bytes(4, "big") + track


def _variable_length(value):
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(0x80 | value & 0x7F)
    return bytes(reversed(out))
