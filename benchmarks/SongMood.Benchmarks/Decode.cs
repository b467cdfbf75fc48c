using BenchmarkDotNet.Attributes;
using SongMood.Audio;
using SongMood.Benchmarks.Peers;
using SongMood.Formats;

namespace SongMood.Benchmarks;

/// <summary>
/// 30 s of stereo MP3, and of Layer II at 192 kb/s, from memory to float samples, one thread: ours, libmpg123 (where libmpg123.so.0 is
/// installed) and NLayer. Bars for MP3: 0.60 of libmpg123's time, at 320 kb/s 0.65. Inputs: <see cref="Mp3Inputs"/>. The peers write
/// into an array that stays, as ours do where songs are predicted (<see cref="OursIntoRows"/>); <see cref="Ours"/> makes new ones, 10 MB
/// a call, which can take longer than the decoding.
/// </summary>
[InThisProcess(warmups: 5, iterations: 15), MemoryDiagnoser(false), MinColumn]
public class Decode
{
    private const string LayerTwo = "Layer II";

    private byte[] _mp3 = [];
    private float[] _samples = [];
    private float[][] _rows = [];
    private AudioReadOptions? _options;

    [Params("128 kb/s", "V2", "320 kb/s", "22.05 kHz", LayerTwo)]
    public string Material { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _mp3 = Mp3Inputs.Make(Material);
        _options = Material == LayerTwo ? new() { Decoders = AudioFormats.Decoders() } : null;
        _samples = new float[44100 * 2 * 40];
        var ours = AudioFile.Read(_mp3, _options);
        _rows = [new float[ours.SampleCount], new float[ours.SampleCount]];
        if (OursIntoRows() != ours.SampleCount || !_rows[0].AsSpan().SequenceEqual(ours.Channel(0)))
            throw new InvalidOperationException("What is read into rows is something else.");
        var count = Mpg123.Decode(_mp3, _samples);
        var worst = 0f;
        for (var i = 0; i < ours.SampleCount; i++) // a peer that gives something else would make the ratio worthless
            worst = Math.Max(worst, Math.Abs(ours.Channel(0)[i] - _samples[2 * i]));
        if (count != 2 * ours.SampleCount || worst > 1e-5)
            throw new InvalidOperationException($"libmpg123 gives {count / 2} samples, we {ours.SampleCount}; they differ by {worst}");
        RequireNLayer(ours);
    }

    /// <summary>
    /// In an MP3 it skips the encoder's delay but not the decoder's own of 529 samples, so that the last 529 are missing.
    /// </summary>
    private void RequireNLayer(Waveform ours)
    {
        var delay = Material == LayerTwo ? 0 : 529;
        var count = NLayerMp3.Decode(_mp3, _samples) / ours.ChannelCount;
        var worst = 0f;
        for (var i = 0; i < ours.SampleCount - delay; i++)
            worst = Math.Max(worst, Math.Abs(ours.Channel(0)[i] - _samples[(delay + i) * ours.ChannelCount]));
        if (count != ours.SampleCount || worst > 1e-5)
            throw new InvalidOperationException($"NLayer gives {count} samples, we {ours.SampleCount}; they differ by {worst}");
    }

    [Benchmark]
    public int Ours() => AudioFile.Read(_mp3, _options).SampleCount;

    [Benchmark]
    public int OursIntoRows()
    {
        using var input = ByteSource.Of(_mp3);
        var song = AudioFile.Open(input, _options ?? AudioReadOptions.Default);
        song.Read(_rows, 0, (int)song.SampleCount);
        return (int)song.SampleCount;
    }

    [Benchmark(Baseline = true)]
    public int Libmpg123() => Mpg123.Decode(_mp3, _samples);

    [Benchmark]
    public int NLayer() => NLayerMp3.Decode(_mp3, _samples);
}

/// <summary>
/// The same files to mono at 22.05 kHz, decoded, mixed down and resampled: exact, and <see cref="AudioQuality.Fast"/>. Bar: 0.5.
/// </summary>
[InThisProcess(warmups: 5, iterations: 15), MemoryDiagnoser(false), MinColumn]
public class DecodeToMono
{
    private byte[] _mp3 = [];

    [Params("128 kb/s", "V2", "320 kb/s")]
    public string Material { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _mp3 = Mp3Inputs.Make(Material);

    [Benchmark(Baseline = true)]
    public int Exact() => Read(AudioQuality.Exact);

    [Benchmark]
    public int Fast() => Read(AudioQuality.Fast);

    private int Read(AudioQuality quality) =>
        AudioFile.Read(_mp3, new AudioReadOptions { Mono = true, SampleRate = 22050, Quality = quality }).SampleCount;
}
