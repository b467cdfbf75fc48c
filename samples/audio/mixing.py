"""From a score to a finished stereo mix: FluidSynth plays each stem, numpy distorts, balances, limits and fades."""
import subprocess
import tempfile
from pathlib import Path

import numpy as np

RATE = 44100
SOUND_FONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2"


def mix(song):
    """The song as float samples, shape (samples, 2), at its own loudness (song.level_db, RMS in dB of full scale)."""
    length = round(song.duration * RATE)
    total = np.zeros((length, 2))
    for stem in sorted({part.stem for part in song.parts}):
        gain, drive = song.stems.get(stem, (1.0, 0.0))
        played = _render(song, stem, length)
        total += gain * (_distort(played, drive) if drive else played)
    total *= 10 ** (song.level_db / 20) / np.sqrt(np.mean(total ** 2))
    total = _limit(total)
    total[:441] *= np.linspace(0, 1, 441)[:, None]
    tail = round(song.fade * RATE)
    total[-tail:] *= np.cos(np.linspace(0, np.pi / 2, tail))[:, None] ** 2
    return total


def to_pcm16(samples, seed=1):
    """16-bit little-endian PCM with triangular dither, so that quiet tails do not end in steps."""
    noise = np.random.default_rng(seed)
    dither = noise.random(samples.shape) - noise.random(samples.shape)
    return np.clip(np.round(samples * 32767 + dither), -32768, 32767).astype("<i2").tobytes()


def _render(song, stem, length):
    with tempfile.TemporaryDirectory() as folder:
        midi, raw = Path(folder, "stem.mid"), Path(folder, "stem.raw")
        midi.write_bytes(song.midi(stem))
        options = {"synth.cpu-cores": 1, "synth.polyphony": 512, "synth.reverb.room-size": song.room, "synth.reverb.damp": 0.3,
                   "synth.reverb.width": 1.0, "synth.reverb.level": 0.6, "synth.gain": 0.4}
        settings = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        subprocess.run(["fluidsynth", "-n", "-i", "-q", *settings, "-r", str(RATE), "-T", "raw", "-O", "float",
                        "-F", str(raw), SOUND_FONT, str(midi)], check=True, stdout=subprocess.DEVNULL)
        samples = np.fromfile(raw, "<f4").reshape(-1, 2).astype(float)
    if not samples.any():
        raise RuntimeError(f"{song.name}: FluidSynth rendered the stem '{stem}' as silence; is {SOUND_FONT} installed?")
    samples = samples[:length]
    return np.pad(samples, ((0, length - len(samples)), (0, 0)))


def _distort(samples, drive):
    """An amplifier, which has one input: tighten the bass, saturate, then the cabinet's low-pass; panned as the input was.

    It works at four times the rate, which keeps the aliases of the harmonics out.
    """
    count, balance = len(samples), np.sqrt(np.mean(samples ** 2, axis=0))
    size = 1 << (count - 1).bit_length()
    hz = np.fft.rfftfreq(size, 1 / RATE)
    spectrum = np.fft.rfft(samples.sum(axis=1), size) * hz ** 2 / (hz ** 2 + 90.0 ** 2)
    wide = np.fft.irfft(spectrum, 4 * size) * 4
    wide = np.tanh(0.3 * drive * wide / np.sqrt(np.mean(wide[:4 * count] ** 2)))
    spectrum = np.fft.rfft(wide)[: size // 2 + 1] / 4
    shaped = np.fft.irfft(spectrum / (1 + (hz / 6500.0) ** 6), size)[:count]
    return shaped[:, None] / np.sqrt(np.mean(shaped ** 2)) * balance


def _limit(samples, knee=0.55, ceiling=0.85):
    """Straight up to the knee, then bends smoothly to the ceiling, which leaves room for what the encoder overshoots."""
    size, room = np.abs(samples), ceiling - knee
    bent = knee + room * np.tanh((size - knee) / room)
    return np.where(size <= knee, samples, np.sign(samples) * bent)
