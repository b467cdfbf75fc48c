"""Makes the fixtures of this folder with libopus (1.3.1): streams that go through all modes, bandwidths and lengths of frames, silence
that is not sent, and six channels; and beside each what libopus decodes it to (FLAC of 16 bits, so half a step of it is told apart).
Usage: python3 make.py"""
import ctypes
import os
import struct
import subprocess

os.chdir(os.path.dirname(os.path.abspath(__file__)))
opus = ctypes.CDLL("libopus.so.0")
opus.opus_encoder_create.restype = opus.opus_decoder_create.restype = ctypes.c_void_p
BITRATE, BANDWIDTH, FEC, LOSS, DTX, CHANNELS, MODE, LOOKAHEAD = 4002, 4008, 4012, 4014, 4016, 4022, 11002, 4027
SILK, HYBRID, CELT = 1000, 1001, 1002
NB, MB, WB, SWB, FB = 1101, 1102, 1103, 1104, 1105


def song(name, start, seconds, channels):
    path = f"../../../../samples/audio/{name}.mp3"
    command = f"ffmpeg -v error -ss {start} -t {seconds} -i {path} -af volume=0.5 -ac {channels} -ar 48000 -f s16le -"
    return subprocess.run(command.split(), check=True, capture_output=True).stdout


def checksum(page):
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value


def page(flags, granule, number, packets):
    lacing = b"".join(bytes([255] * (len(p) // 255) + [len(p) % 255]) for p in packets)
    head = struct.pack("<4sBBqIII", b"OggS", 0, flags, granule, 7, number, 0)
    whole = head + bytes([len(lacing)]) + lacing + b"".join(packets)
    return whole[:22] + struct.pack("<I", checksum(whole)) + whole[26:]


def reference(name, samples, channels):
    subprocess.run(["flac", "--silent", "--best", "--force", "--force-raw-format", "--endian=little", "--sign=signed", "--bps=16",
                    "--sample-rate=48000", f"--channels={channels}", "-o", name + ".flac", "-"], input=samples, check=True)


class Stream:
    """Encodes parts in turn, each with settings of its own."""

    def __init__(self, channels, application=2049):
        error = ctypes.c_int()
        self.channels = channels
        self.encoder = ctypes.c_void_p(opus.opus_encoder_create(48000, channels, application, ctypes.byref(error)))
        self.packets = []

    def set(self, **settings):
        for name, value in settings.items():
            opus.opus_encoder_ctl(self.encoder, globals()[name], ctypes.c_int(value))

    def add(self, samples, milliseconds):
        frame = int(48 * milliseconds)
        step = frame * self.channels * 2
        buffer = ctypes.create_string_buffer(4000)
        for at in range(0, len(samples) - step + 1, step):
            count = opus.opus_encode(self.encoder, samples[at:at + step], frame, buffer, 4000)
            self.packets.append((buffer.raw[:count], frame))

    def write(self, name):
        skip = 312
        head = struct.pack("<8sBBHIhB", b"OpusHead", 1, self.channels, skip, 48000, 0, 0)
        pages = [page(2, 0, 0, [head]), page(0, 0, 1, [b"OpusTags" + struct.pack("<II", 0, 0)])]
        granule = 0
        for i in range(0, len(self.packets), 20):
            part = self.packets[i:i + 20]
            granule += sum(frame for _, frame in part)
            pages.append(page(4 if i + 20 >= len(self.packets) else 0, granule, len(pages), [packet for packet, _ in part]))
        print(name, [(packet[0] >> 3, len(packet)) for packet, _ in self.packets])
        open(name, "wb").write(b"".join(pages))
        error = ctypes.c_int()
        decoder = ctypes.c_void_p(opus.opus_decoder_create(48000, self.channels, ctypes.byref(error)))
        output = (ctypes.c_float * (5760 * self.channels))()
        samples = []
        for packet, _ in self.packets:
            count = opus.opus_decode_float(decoder, packet, len(packet), output, 5760, 0)
            samples += output[:count * self.channels]
        assert max(map(abs, samples)) < 1
        samples = [round(32768 * sample) for sample in samples[skip * self.channels:]]
        reference(name, struct.pack(f"<{len(samples)}h", *samples), self.channels)


def modes():
    stream = Stream(2)
    audio, position = song("happy-1", 4, 2, 2), 0
    for mode, bandwidth, milliseconds, channels, bitrate, frames in [
            (SILK, MB, 10, 1, 24000, 4), (CELT, FB, 10, 2, 64000, 2), (SILK, WB, 60, 2, 40000, 2), (HYBRID, SWB, 20, 2, 48000, 3),
            (HYBRID, FB, 10, 1, 40000, 4), (CELT, FB, 20, 2, 96000, 3), (SILK, WB, 20, 2, 48000, 3), (CELT, NB, 5, 2, 48000, 6),
            (CELT, SWB, 2.5, 1, 64000, 8), (CELT, WB, 10, 2, 64000, 4),
            (HYBRID, FB, 20, 2, 64000, 3), (CELT, FB, 10, 1, 64000, 2), (SILK, NB, 40, 1, 24000, 1)]:
        stream.set(MODE=mode, BANDWIDTH=bandwidth, CHANNELS=channels, BITRATE=bitrate, FEC=int(milliseconds == 60), LOSS=20)
        step = int(milliseconds * 48) * 4 * frames
        stream.add(audio[position:position + step], milliseconds)
        position += step
    stream.write("modes.opus")


def silence():
    stream = Stream(1, 2048)
    stream.set(MODE=SILK, BANDWIDTH=WB, BITRATE=16000, DTX=1)
    audio = song("sad-1", 4, 1, 1)
    noise, seed = [], 1
    for _ in range(33600):
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        noise.append((seed >> 28) % 3 - 1)
    stream.add(audio[:2 * 4800] + struct.pack("<33600h", *noise) + audio[2 * 4800:2 * 9600], 20)
    stream.write("silence.opus")


def surround():
    channels = [song(name, 5, 0.15, 1) for name in ("calm-1", "calm-2", "happy-1", "sad-1", "sad-2", "energetic-1")]
    samples = b"".join(b"".join(channel[i:i + 2] for channel in channels) for i in range(0, len(channels[0]), 2))
    header = b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 6, 48000, 576000, 12, 16)
    open("six.wav", "wb").write(header + b"data" + struct.pack("<I", len(samples)) + samples)
    subprocess.run("opusenc --quiet --bitrate 160 --discard-comments six.wav surround.opus".split(), check=True)
    subprocess.run("opusdec --quiet --float --rate 48000 surround.opus six.wav".split(), check=True, stderr=subprocess.DEVNULL)
    raw = subprocess.run("ffmpeg -v error -i six.wav -c:a pcm_s16le -f s16le -".split(), check=True, capture_output=True).stdout
    os.remove("six.wav")
    reference("surround.opus", raw, 6)


modes()
silence()
surround()
