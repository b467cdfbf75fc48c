using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using SongMood.Audio;
using SongMood.Benchmarks.Peers;
using SongMood.Dsp;
using static TorchSharp.torch;

namespace SongMood.Benchmarks;

/// <summary>
/// From MP3 bytes to mel bands in decibels, one thread, a 30 s clip at 44.1 kHz stereo an operation (so clips a second is 1000 / ms; bar:
/// 33, that is 30.3 ms; with AudioQuality.Fast 70, 14.3 ms), and the part of it after decoding (bar: 9 ms). The peers are libmpg123 +
/// libsoxr HQ + TorchSharp's operations, and what is managed: NLayer + NAudio's resampler + NWaves.
/// Real clips where the data folder is there (SONGMOOD_DATA, or ../shared/data beside the repository).
/// </summary>
[InThisProcess(warmups: 4, iterations: 10), MemoryDiagnoser(false), MinColumn]
public class EndToEnd
{
    private const int Clips = 8, ToHz = 22050;
    private static readonly AudioReadOptions Fast = new() { Mono = true, SampleRate = ToHz, Quality = AudioQuality.Fast };
    private readonly MelSpectrogramOptions _options = new();
    private readonly DecibelOptions _decibels = new() { ReferenceIsMax = true };
    private byte[][] _files = [];
    private Waveform[] _waves = [];
    private Dsp.MelSpectrogram? _mel;
    private RateConverter? _converter;
    private TorchLogMel? _torch;
    private NWavesLogMel? _nwaves;
    private float[] _interleaved = [], _mono = [], _resampled = [], _result = [];

    [GlobalSetup]
    public void Setup()
    {
        _files = FindClips();
        _waves = [.. _files.Select(f => AudioFile.Read(f))];
        _mel = new Dsp.MelSpectrogram(_options);
        _converter = new RateConverter(44100, ToHz);
        _torch = new TorchLogMel();
        _nwaves = new NWavesLogMel(_options);
        var longest = _waves.Max(w => w.SampleCount) + 10_000; // peers keep what the encoder added
        (_interleaved, _mono, _resampled) = (new float[2 * longest], new float[longest], new float[longest]);
        _result = new float[_mel.BandCount * _mel.FrameCount(longest)];
    }

    [Benchmark(OperationsPerInvoke = Clips)]
    public float Ours()
    {
        var sum = 0f;
        foreach (var file in _files)
            sum += LogMel(AudioFile.Read(file));
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Clips)]
    public float OursFast()
    {
        var sum = 0f;
        foreach (var file in _files)
            sum += LogMelOf(AudioFile.Read(file, Fast).Channel(0));
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Clips)]
    public float OursAfterDecoding()
    {
        var sum = 0f;
        foreach (var wave in _waves)
            sum += LogMel(wave);
        return sum;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Clips)]
    public long NativePeers()
    {
        var sum = 0L;
        foreach (var file in _files)
        {
            var count = Mpg123.Decode(file, _interleaved) / 2;
            for (var i = 0; i < count; i++)
                _mono[i] = 0.5f * (_interleaved[2 * i] + _interleaved[2 * i + 1]);
            var length = Soxr.Resample(_mono.AsSpan(0, count), 44100, ToHz, _resampled);
            using var signal = from_array(_resampled[..length]);
            using var logMel = _torch!.Compute(signal);
            sum += logMel.numel();
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Clips)]
    public float ManagedPeers()
    {
        var sum = 0f;
        foreach (var file in _files)
        {
            var count = NLayerMp3.Decode(file, _interleaved);
            var length = NAudioMono.Convert(_interleaved, count, 44100, ToHz, _resampled);
            var result = _result.AsSpan(0, _mel!.BandCount * _mel.FrameCount(length));
            _nwaves!.Compute(_resampled.AsSpan(0, length), result);
            Decibels.FromPower(result, result, _decibels);
            sum += result[0];
        }
        return sum;
    }

    private float LogMel(Waveform wave)
    {
        var mono = _mono.AsSpan(0, wave.SampleCount);
        TensorPrimitives.AddMultiply(wave.Channel(0), wave.Channel(1), 0.5f, mono);
        var resampled = _resampled.AsSpan(0, _converter!.OutputLength(mono.Length));
        _converter.Convert(mono, resampled);
        return LogMelOf(resampled);
    }

    private float LogMelOf(ReadOnlySpan<float> resampled)
    {
        var result = _result.AsSpan(0, _mel!.BandCount * _mel.FrameCount(resampled.Length));
        _mel.Compute(resampled, result);
        Decibels.FromPower(result, result, _decibels);
        return result[0];
    }

    private static byte[][] FindClips()
    {
        var clips = Mp3Inputs.RealClips()
            .Select(File.ReadAllBytes)
            .Where(bytes => AudioFile.Read(bytes) is { SampleRate: 44100, ChannelCount: 2, Duration.TotalSeconds: > 29 and < 31 })
            .Take(Clips).ToArray();
        return clips.Length == Clips
            ? clips
            : throw new InvalidOperationException(
                $"{Clips} clips of 30 s at 44.1 kHz stereo are wanted in 4q of the data folder (SONGMOOD_DATA, or ../shared/data)");
    }
}
