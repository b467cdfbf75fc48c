using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using SongMood.Audio;
using SongMood.Benchmarks.Peers;

namespace SongMood.Benchmarks;

/// <summary>
/// 30 s of stereo FLAC of 16 bits from memory to float samples, one thread: ours, which compares the MD5, and libFLAC doing the same, and
/// without. Bar: 1.0 of libFLAC's time for the same work, goal 0.8. The program flac must be installed; the sound is that of
/// <see cref="Mp3Inputs"/>.
/// </summary>
[InThisProcess(warmups: 5, iterations: 15), MemoryDiagnoser(false), MinColumn]
public class Flac
{
    private byte[] _flac = [];
    private float[][] _samples = [];

    /// <summary>The encoder's level.</summary>
    [Params(0, 5, 8)]
    public int Level { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var song = AudioFile.Read(Mp3Inputs.Make("320 kb/s"));
        _flac = Encode(Mp3Inputs.Pcm16([song.Channel(0).ToArray(), song.Channel(1).ToArray()]), song.SampleRate);
        _samples = [new float[song.SampleCount], new float[song.SampleCount]];
        var ours = AudioFile.Read(_flac);
        var count = LibFlac.Decode(_flac, _samples, checksMd5: true);
        // A peer that gives something else would make the ratio worthless.
        if (count != ours.SampleCount || ours.Damage.IsAny || !ours.Channel(1).SequenceEqual(_samples[1]))
            throw new InvalidOperationException($"libFLAC gives {count} samples, we {ours.SampleCount}, or others");
    }

    [Benchmark]
    public int Ours() => AudioFile.Read(_flac).SampleCount;

    [Benchmark(Baseline = true)]
    public int Libflac() => LibFlac.Decode(_flac, _samples, checksMd5: true);

    [Benchmark]
    public int LibflacWithoutMd5() => LibFlac.Decode(_flac, _samples, checksMd5: false);

    private byte[] Encode(byte[] pcm, int rate)
    {
        var (input, output) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            File.WriteAllBytes(input, pcm);
            var raw = $"-s -f --force-raw-format --endian=little --sign=signed --channels=2 --bps=16 --sample-rate={rate}";
            using var flac = Process.Start("flac", $"{raw} -{Level} -o {output} {input}");
            flac.WaitForExit();
            return flac.ExitCode == 0 ? File.ReadAllBytes(output) : throw new InvalidOperationException($"flac failed: {flac.ExitCode}");
        }
        finally
        {
            File.Delete(input);
            File.Delete(output);
        }
    }
}
