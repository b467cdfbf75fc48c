using BenchmarkDotNet.Attributes;
using Concentus;
using SongMood.Audio;
using SongMood.Audio.Ogg;
using SongMood.Benchmarks.Peers;
using SongMood.Formats;
using SongMood.Formats.Opus;

namespace SongMood.Benchmarks;

/// <summary>
/// 30 s of stereo Opus from packets to float samples, one thread: ours, Concentus, and libopus. Bar: 1.0 of Concentus' time. opusenc and
/// libopus must be installed; the sound is that of <see cref="Mp3Inputs"/>.
/// </summary>
[InThisProcess(warmups: 5, iterations: 15), MemoryDiagnoser(false), MinColumn]
public class Opus
{
    private readonly float[] _samples = new float[2 * OpusPacket.MostSamples];
    private OpusHead _head = null!;
    private byte[][] _packets = [];

    /// <summary>What opusenc is told: the transform; both; linear prediction.</summary>
    [Params("--music --bitrate 128", "--speech --bitrate 32", "--speech --bitrate 12")]
    public string Encoding { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var song = AudioFile.Read(Mp3Inputs.Make("320 kb/s"));
        var input = ByteSource.Of(EncoderRun.Encode(
            "opusenc", $"--quiet --raw --raw-rate {song.SampleRate} --raw-chan 2 {Encoding} {{0}} {{1}}",
            Mp3Inputs.Pcm16([song.Channel(0).ToArray(), song.Channel(1).ToArray()])));
        var packets = new OggStreams(input, "OpusHead"u8, new()).All[0].Packets;
        _head = OpusHead.Read(packets);
        _packets = [.. packets.Skip(2).Select(packet => packet.Bytes)];
        // A peer that gives something else would make the ratio worthless.
        var counts = (Ours(), Concentus(), Libopus());
        if (counts.Item1 < 29 * 48_000 || counts.Item2 != counts.Item1 || counts.Item3 != counts.Item1)
            throw new InvalidOperationException($"we, Concentus and libopus give other numbers of samples: {counts}");
    }

    [Benchmark]
    public int Ours()
    {
        var decoder = new OpusStreams(_head);
        return _packets.Sum(packet => decoder.Decode(packet, _samples));
    }

    [Benchmark(Baseline = true)]
    public int Concentus()
    {
        OpusCodecFactory.AttemptToUseNativeLibrary = false;
        using var decoder = OpusCodecFactory.CreateDecoder(48_000, 2);
        return _packets.Sum(packet => decoder.Decode(packet, _samples, OpusPacket.MostSamples));
    }

    [Benchmark]
    public int Libopus() => LibOpus.Decode(_packets, _samples);
}
