using BenchmarkDotNet.Attributes;
using NVorbis;
using SongMood.Audio;
using SongMood.Benchmarks.Peers;
using SongMood.Formats;

namespace SongMood.Benchmarks;

/// <summary>
/// 30 s of Ogg Vorbis from a file in memory to float samples, one thread: ours, NVorbis, and libvorbis by libvorbisfile. Bars: 1.0 of
/// libvorbis' time, 0.5 of NVorbis'. oggenc and libvorbisfile must be installed; the sound is that of <see cref="Mp3Inputs"/>.
/// </summary>
[InThisProcess(warmups: 5, iterations: 15), MemoryDiagnoser(false), MinColumn]
public class Vorbis
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    private readonly float[] _samples = new float[8192];
    private byte[] _file = [];

    /// <summary>What oggenc is told: qualities of some 128, 64 and 256 kb/s.</summary>
    [Params("-q 4", "-q 0", "-q 8", "-q 2 --downmix --resample 22050")]
    public string Encoding { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var song = AudioFile.Read(Mp3Inputs.Make("320 kb/s"));
        _file = EncoderRun.Encode("oggenc", $"-Q --raw --raw-rate {song.SampleRate} --raw-chan 2 {Encoding} -o {{1}} {{0}}",
            Mp3Inputs.Pcm16([song.Channel(0).ToArray(), song.Channel(1).ToArray()]));
        // A peer that gives something else would make the ratio worthless.
        var counts = (Ours(), NVorbis(), Libvorbis());
        if (counts.Item1 < 29 * 22_050 || counts.Item2 != counts.Item1 || counts.Item3 != counts.Item1)
            throw new InvalidOperationException($"we, NVorbis and libvorbis give other numbers of samples: {counts}");
    }

    [Benchmark]
    public int Ours() => AudioFile.Read(_file, Options).SampleCount;

    [Benchmark]
    public int NVorbis()
    {
        using var reader = new VorbisReader(new MemoryStream(_file)) { ClipSamples = false };
        var total = 0;
        for (int count; (count = reader.ReadSamples(_samples, 0, _samples.Length)) > 0;)
            total += count;
        return total / reader.Channels;
    }

    [Benchmark(Baseline = true)]
    public int Libvorbis() => LibVorbisFile.Decode(_file);
}
