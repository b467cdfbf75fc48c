"""The eight pieces, two a mood. Bars are of four beats; part numbers are General MIDI programs counted from 0."""
from score import Song, chord, pitch


def happy_1():
    """Street-corner pop in D: I V vi IV, off-beat guitar, brass answers, back beat and claps."""
    song = Song("happy-1", "Corner Shop Parade", 128, 41.6, level_db=-15.5, room=0.35, fade=0.5)
    piano = song.part(0, pan=50, volume=96, reverb=25)
    guitar = song.part(27, pan=96, volume=84, reverb=20)
    bass = song.part(33, volume=105, reverb=5)
    brass = song.part(61, pan=72, volume=98, reverb=35)
    whistle = song.part(78, pan=58, volume=88, reverb=40)
    bells = song.part(9, pan=36, volume=120, reverb=40)
    kit = song.part(drums=True, volume=112, reverb=18)
    for bar, name in enumerate(["D", "A", "Bm", "G", "D", "A", "G", "A", "D", "G"]):
        at, root = 4 * bar, chord(name, 2)[0]
        root = root - 12 if root > pitch("G2") else root
        for beat, length in ((0, 0.7), (1.5, 0.4), (2, 0.7), (3.5, 0.4)):
            bass.play(at + beat, length, root + 12 * (beat == 3.5), 100)
        for beat in (0, 0.75, 1.5, 2.5, 3.25):                   # 3-3-4-3-3 against the back beat
            piano.play(at + beat, 0.35, [key + (0 if key > 62 else 12) for key in chord(name, 4)], 92)
        for beat in (0.5, 1.5, 2.5, 3.5):
            guitar.play(at + beat, 0.22, chord(name, 4) + [chord(name, 5)[0]], 90, spread=0.02)
        kit.grid(at, {"kick": "X..x..x.X..x..x.", "snare": "....X.......X..o", "clap": "....X.......X...",
                      "closed": "x.x.x.x.x.x.x.x.", "tambourine": "o.xoo.xoo.xoo.xo"}, 100)
    kit.grid(28, {"high": "........XX......", "mid": "..........XX....", "low": "............XXXX"}, 90)
    kit.grid(0, {"crash": "X"}, 80), kit.grid(32, {"crash": "X"}, 90)
    whistle.line(0, "F#5:.75 A5:.75 B5:.5 A5:.5 F#5:.5 D5:.5 E5:.5 E5:.75 C#5:.75 E5:1 -:1.5", 96)
    whistle.line(8, "F#5:.75 F#5:.75 B5:.5 D6:.5 C#6:.5 B5:.5 A5:.5 G5:.75 B5:.75 A5:1 -:1.5", 96)
    brass_line = "D5:.5 -:.25 D5:.25 F#5:.5 A5:1 F#5:.5 A5:1 -:.5 E5:.5 A5:.5 C#6:1 A5:1 -:.5 B4:.5 D5:.5 G5:.75 B5:.75 A5:.5 G5:1 " \
                 "A5:.5 A5:.5 C#6:.5 E6:1.5 -:1"
    for harmony in (0, -12):
        end = 16
        for token in brass_line.split():
            name, length = token.split(":")
            if name != "-":
                brass.play(end, float(length) * 0.85, pitch(name) + harmony, 104)
            end += float(length)
    bells.line(32, "D6:.5 F#6:.5 A6:.5 F#6:.5 D6:.5 A5:.5 D6:1 G6:.5 F#6:.5 E6:.5 D6:.5 B5:.5 D6:.5 G6:1", 90)
    whistle.line(32, "A5:.5 F#5:.5 D5:.5 F#5:.5 A5:1 B5:.5 A5:.5 B5:.75 D6:.75 B5:.5 G5:1 A5:1", 96)
    piano.play(40, 1.4, ["D4", "F#4", "A4", "D5"], 104), brass.play(40, 1, ["D4", "A4", "D5", "F#5"], 108)
    bass.play(40, 1.2, "D2", 108), kit.grid(40, {"crash": "X", "kick": "X", "clap": "X"}, 100)
    return song


def happy_2():
    """A twelve-bar shuffle in G: boogie piano, walking bass, saxophone and trumpet riffs, hand claps."""
    song = Song("happy-2", "Twelve Bars of Lemonade", 134, 50, level_db=-15, swing=0.65, room=0.3, fade=0.5)
    piano = song.part(1, pan=44, volume=100, reverb=20)
    guitar = song.part(26, pan=90, volume=80, reverb=15)
    bass = song.part(32, volume=112, reverb=5)
    horns = [song.part(65, pan=56, volume=92, reverb=25), song.part(56, pan=76, volume=124, reverb=25)]
    kit = song.part(drums=True, volume=110, reverb=15)
    walk = (0, 4, 7, 9, 10, 9, 7, 4)
    for bar, name in enumerate("G C G G C C G G D C G D".split()):
        at, root = 4 * bar, chord(name, 2)[0]
        for step in range(4):
            bass.play(at + step, 0.85, root - 12 * (name != "C" and name != "D") + walk[step + 4 * (bar % 2)], 104)
        low = chord(name, 3)[0]
        for eighth in range(8):                                   # left hand rocks between fifth and sixth
            piano.play(at + eighth / 2, 0.4, [low, low + (7, 7, 9, 9, 10, 10, 9, 9)[eighth]], 82 + 12 * (eighth % 2 == 0))
        for beat in (0.5, 1.5, 3):
            piano.play(at + beat, 0.4, [k + 12 for k in chord(name + "7", 4)], 96)
        for beat in (1, 3):
            guitar.play(at + beat, 0.3, chord(name + "6", 4), 88, spread=0.02)
        kit.grid(at, {"kick": "X.x.X.x.", "snare": "..X..oX.", "clap": "..X...X.", "ride": "x.xxx.xx", "pedal": "..x...x."}, 100, 0.5)
    kit.grid(44, {"high": "....XX..", "low": "......XX"}, 90, 0.5), kit.grid(0, {"crash": "X"}, 80), kit.grid(32, {"crash": "X"}, 85)
    riff = "B4:.5 D5:.5 G5:.5 E5:1 D5:.5 -:1 -:.5 B4:.5 D5:.5 E5:.5 G5:1 -:1 "
    up = "E5:.5 G5:.5 C6:.5 A5:1 G5:.5 -:1 -:.5 E5:.5 G5:.5 A5:.5 C6:1 -:1 "
    last = "D5:.5 F#5:.5 A5:1 F#5:.5 A5:.5 -:1 C5:.5 E5:.5 G5:1 E5:.5 G5:.5 -:1 G5:.5 G5:1 D5:.5 E5:.5 D5:.5 B4:1 A4:1 D5:1 F#5:1 A5:1"
    horns[0].line(0, riff + riff + up + riff + last, 104)
    for at, text in ((4, "-:1.5 A4:.5 -:.5 G4:1.5"), (12, "-:.5 B5:.5 A5:.5 G5:.5 D5:.5 E5:1.5"), (20, "-:2 E5:.5 G5:1"),
                     (28, "-:.5 G5:.5 B5:.5 D6:1.5 B5:.5 -:.5"), (32, "D5:.5 F#5:.5 A5:1"), (40, "B5:.5 B5:1 G5:.5")):
        horns[1].line(at, text, 100)
    for part, keys in ((piano, ["G3", "B3", "D4", "G4", "B4"]), (horns[0], ["G5"]), (horns[1], ["B5"]), (bass, ["G1"])):
        part.play(48, 1, keys, 110)
    kit.grid(48, {"crash": "X", "kick": "X", "clap": "X"}, 100, 0.5)
    return song


def sad_1():
    """Solo piano over a lament bass, A G F E, falling sighs on top; a faint string bed in the second half."""
    song = Song("sad-1", "The Empty Platform", 58, 25, level_db=-25, looseness=0.016, room=0.7, fade=2.5)
    piano = song.part(0, volume=100, reverb=70)
    strings = song.part(48, volume=110, reverb=90)
    for bar, (bass, name) in enumerate([("A2", "Am"), ("G2", "Em"), ("F2", "Dm"), ("E2", "E"), ("A2", "Am"), ("F2", "Dm")]):
        at = 4 * bar
        piano.play(at, 3.9, bass, 44)
        for beat, key in zip((1, 2, 3), chord(name, 3)):
            piano.play(at + beat, 3.8 - beat, key, 30)
    piano.line(0, "E5:2.5 D5:.5 C5:1 B4:3 -:1 D5:1.5 C5:.5 A4:2 G#4:3 -:1", 50, shape=-8)
    piano.line(16, "C5:1.5 B4:.5 A4:2 F4:2 D4:2 A3:1", 42, shape=-12)
    for at, keys in ((8, ["D4", "F4", "A4"]), (12, ["B3", "E4", "G#4"]), (16, ["A3", "C4", "E4"]), (20, ["A3", "D4", "F4"])):
        strings.play(at, 4, keys, 52)
    strings.swell(8, 16, 30, 90), strings.swell(16, 24, 90, 20)
    piano.play(24, 1, "A2", 34)
    return song


def sad_2():
    """A cello sings downwards in D minor over slow strings; single piano notes answer it."""
    song = Song("sad-2", "Letters Never Sent", 60, 23.5, level_db=-24, looseness=0.014, room=0.6, fade=2.5)
    cello = song.part(42, pan=58, volume=108, reverb=70)
    strings = song.part(49, pan=70, volume=84, reverb=90)
    low = song.part(43, pan=76, volume=66, reverb=70)
    piano = song.part(0, pan=46, volume=104, reverb=80)
    for bar, (name, root) in enumerate([("Dm", "D2"), ("Bb", "Bb1"), ("Gm", "G1"), ("Am", "A1"), ("Dm", "D2"), ("Dm", "D2")]):
        at = 4 * bar
        strings.play(at, 4.05, [k if k < 66 else k - 12 for k in chord(name, 4)], 58)
        low.play(at, 4, root, 44)
        strings.swell(at, at + 2, 40, 88), strings.swell(at + 2, at + 4, 88, 40)
        for beat, key in ((1.5, 0), (2.5, 2), (3.5, 1)):
            piano.play(at + beat, 2, chord(name, 4)[key] + 12 * (beat == 2.5), 50)
    cello.line(0, "A3:3 G3:.5 F3:.5 F3:2 E3:1 D3:1 D4:2 C4:1 Bb3:1 A3:3 -:1 F3:1.5 E3:.5 D3:2 D3:1 C#3:1 D3:1.5", 74, shape=-10)
    for at in range(0, 24, 4):
        cello.swell(at, at + 1.5, 62, 118), cello.swell(at + 1.5, at + 4, 118, 46)
        cello.swell(at, at + 2, 10, 60, controller=1)
    return song


def energetic_1():
    """Metal in E phrygian: two tight distorted guitars, gallops, double kick."""
    song = Song("energetic-1", "Furnace Run", 168, 49, level_db=-11.5, looseness=0.003, room=0.25, fade=0.3)
    song.stems = {"left": (0.75, 9.0), "right": (0.75, 9.0), "bass": (0.8, 3.0), "kit": (1.4, 0.0), "lead": (0.45, 6.0)}
    guitars = [song.part(30, pan=4, volume=110, reverb=8, stem="left"), song.part(29, pan=124, volume=110, reverb=8, stem="right")]
    bass = song.part(34, volume=115, reverb=0, stem="bass")
    lead = song.part(30, pan=70, volume=100, reverb=40, stem="lead")
    kit = song.part(drums=True, volume=127, reverb=14, stem="kit")

    def riff(at, text):
        for token in text.split():
            name, length = token.split(":")
            length, root = float(length), pitch(name)
            for guitar in guitars:
                guitar.play(at, length * (0.8 if length < 0.5 else 0.97), [root, root + 7, root + 12], 118)
            bass.play(at, length * 0.9, root - 12, 118)
            at += length

    gallop = "E2:.5 E2:.25 E2:.25 "
    for at in (0, 8, 32, 40):
        riff(at, gallop * 3 + "F2:.5 G2:.5 " + gallop * 3 + "Bb2:.5 A2:.5")
    for at in (16, 24):
        riff(at, "E2:.25 E2:.25 F2:.5 E2:.25 E2:.25 G2:.5 E2:.25 E2:.25 F2:.5 D2:.5 D#2:.5 " + "E2:.25 " * 8 + "F2:1 F2:.5 G2:.5")
    for bar in range(12):
        kit.grid(4 * bar, {"kick": "XxxxXxxxXxxxXxxx", "snare": "....X.......X...", "crash": "X..............." if bar % 2 == 0 else "",
                           "china": "....x...x...x..." if 4 <= bar < 8 else "", "closed": "x.x.x.x.x.x.x.x." if bar < 4 else "",
                           "ride": "x.x.x.x.x.x.x.x." if bar >= 8 else ""}, 116)
    for bar in (3, 7, 11):
        kit.grid(4 * bar + 2, {"snare": "XXXX....", "mid": "....XX..", "low": "......XX"}, 118)
    lead.line(32, "E5:.25 F5:.25 E5:.25 D5:.25 " * 3 + "B4:.5 C5:.5 " + "G5:.25 F5:.25 E5:.25 F5:.25 " * 3 + "Bb5:1", 112)
    lead.line(40, "E6:.5 F6:.5 E6:.5 D6:.5 C6:.5 B5:.5 A5:.5 G5:.5 F5:.25 E5:.25 F5:.25 G5:.25 F5:.25 E5:.25 D5:.25 F5:.25 E5:2", 112)
    riff(48, "E2:1"), kit.grid(48, {"kick": "X", "crash": "X", "crash2": "X"}, 120)
    return song


def energetic_2():
    """Industrial electronics at 152: a distorted bass sequence, hammered kicks, clashing stabs, a siren."""
    song = Song("energetic-2", "Red Alarm", 152, 45, level_db=-11.5, looseness=0.001, room=0.3, fade=0.3)
    song.stems = {"bass": (0.9, 8.0), "kit": (1.0, 2.5), "stab": (0.6, 6.0), "siren": (0.35, 4.0)}
    bass = song.part(38, volume=115, reverb=0, stem="bass")
    saw = song.part(81, volume=100, reverb=5, stem="bass")
    stabs = song.part(30, pan=24, volume=110, reverb=20, stem="stab")
    siren = song.part(80, pan=104, volume=100, reverb=50, stem="siren")
    kit = song.part(drums=True, volume=127, reverb=10, stem="kit")
    for bar in range(11):
        at = 4 * bar
        root = pitch("D2") + (0, 0, 1, 0, 0, 0, 1, 3, 0, 0, 1)[bar]
        for step, offset in enumerate((0, 0, 12, 0, 0, 1, 0, 12, 0, 0, 12, 0, 6, 0, 5, 1)):
            bass.play(at + step / 4, 0.2, root + offset, 118), saw.play(at + step / 4, 0.18, root + 12 + offset, 112)
        kit.grid(at, {"kick": "X...X.x.X...X.xx", "snare": "....X..o....X.oo", "clap": "....X.......X...", "closed": "xxxxxxxxxxxxxxxx",
                      "open": "..x...x...x...x.", "crash": "X" if bar % 4 == 0 else ""}, 120)
        if bar >= 2:
            for beat in ((0, 0.75, 1.5), (0, 0.75, 1.5, 3, 3.5))[bar % 2]:
                stabs.play(at + beat, 0.4, [root + 12, root + 18, root + 19, root + 24], 116)
        if bar in (4, 5, 8, 9, 10):
            for step in range(8):
                siren.play(at + step / 2, 0.48, pitch("D5") + (0, 1)[step % 2], 104)
    kit.grid(40, {"snare": "XXXXXXXXXXXXXXXX"}, 110)
    bass.play(44, 0.8, "D2", 120), stabs.play(44, 0.9, ["D3", "G#3", "D4"], 118), kit.grid(44, {"kick": "X", "crash": "X"}, 120)
    return song


def calm_1():
    """Harp arpeggios and a soft flute over a lydian pad in F."""
    song = Song("calm-1", "Morning on the Lake", 64, 24.5, level_db=-20, looseness=0.012, room=0.85, fade=2.5)
    pad = song.part(89, volume=90, reverb=90, chorus=30)
    strings = song.part(48, pan=80, volume=70, reverb=100)
    bells = song.part(98, pan=90, volume=84, reverb=100)
    harp = song.part(46, pan=44, volume=124, reverb=70)
    bass = song.part(32, volume=96, reverb=40)
    flute = song.part(73, pan=70, volume=118, reverb=100)
    pads = [("Fmaj9", "F3 C4 E4 G4"), ("G", "F3 B3 D4 G4"), ("Fmaj9", "F3 A3 C4 E4"), ("Em7", "E3 B3 D4 G4"),
            ("Fmaj9", "F3 C4 E4 A4"), ("C", "C3 G3 E4 G4")]
    for bar, (name, keys) in enumerate(pads):
        at, keys, high = 4 * bar, keys.split(), chord(name, 5)
        bass.play(at, 3.8, pitch(keys[0]) - 12, 60)
        pad.play(at, 4.2, keys, 54), strings.play(at, 4.2, keys[1:], 60)
        bells.play(at + 1, 3, high[2], 60), bells.play(at + 2.5, 2, high[-1], 54)
        ladder = chord(name, 3)[:3] + chord(name, 4)[:3] + high[:3]
        for step in range(16):                                    # up and down the strings in sixteenths, as water does
            harp.play(at + step / 4, 2, ladder[(0, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 6, 5, 4, 3)[step]], 58 if step % 4 == 0 else 46)
    flute.line(4, "-:1 D5:1 G5:1.5 A5:.5 B5:1 A5:1 G5:2 E5:3 -:1 C5:1 E5:1 G5:2 E5:3", 76)
    for at in range(4, 24, 4):
        flute.swell(at, at + 2, 64, 100), flute.swell(at + 2, at + 4, 100, 64)
    return song


def calm_2():
    """Two finger-picked guitars, nylon and steel, in G with a warm pad and a few vibraphone notes."""
    song = Song("calm-2", "Window Seat", 70, 27, level_db=-20, looseness=0.012, room=0.7, fade=2.5)
    guitar = song.part(24, pan=54, volume=112, reverb=55)
    bright = song.part(25, pan=88, volume=92, reverb=55)
    pad = song.part(89, volume=72, reverb=90, chorus=20)
    vibes = song.part(11, pan=84, volume=124, reverb=80)
    shapes = {"Gmaj7": "G2 D3 G3 B3 F#4", "Cmaj7": "C3 G3 B3 E4 G4", "Em7": "E2 B2 G3 D4 E4", "D": "D3 A3 D4 F#4 A4"}
    for bar, name in enumerate(["Gmaj7", "Cmaj7", "Em7", "Cmaj7", "Gmaj7", "Cmaj7"]):
        at, strings = 4 * bar, shapes[name].split()
        for eighth, string in enumerate((0, 2, 3, 1, 4, 2, 3, 1)):
            guitar.play(at + eighth / 2, 2.2, strings[string], (66, 48, 52, 46, 58, 46, 50, 44)[eighth])
            bright.play(at + eighth / 2 + 0.25, 1.5, pitch(strings[(2, 4, 3, 2, 3, 4, 2, 3)[eighth]]) + 12, 44)
        pad.play(at, 4.2, strings[1:4], 54)
    vibes.line(4, "-:2 B5:1 D6:1 G5:4 -:1 E5:1 G5:1 B5:1 D6:3 -:1 B5:1 G5:3", 84)
    guitar.play(24, 3, ["G2", "D3", "G3", "B3", "D4", "G4"], 50, spread=0.09), pad.play(24, 3, ["G3", "B3", "D4"], 40)
    return song


SONGS = (happy_1, happy_2, sad_1, sad_2, energetic_1, energetic_2, calm_1, calm_2)
