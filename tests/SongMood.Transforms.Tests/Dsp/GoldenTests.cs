using System.Text.Json;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

/// <summary>Every golden case of a spectrogram, decibels or resampling; the tolerances are those of docs/numerics.md.</summary>
public class GoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> MelCases => Golden.Outputs("librosa.feature.melspectrogram");
    public static TheoryData<string> DecibelCases => Golden.Outputs("librosa.power_to_db", "librosa.amplitude_to_db");
    public static TheoryData<string> ResampleCases => Golden.Outputs("librosa.resample");

    [Theory, MemberData(nameof(MelCases))]
    public void Mel(string name)
    {
        var goldenCase = Golden.Case(name);
        var expected = Golden.Array(name);
        var samples = Golden.Signal(goldenCase);
        var mel = new MelSpectrogram(Golden.MelOptions(goldenCase));
        Assert.Equal(expected.Shape, new[] { mel.BandCount, mel.FrameCount(samples.Length) });
        var actual = new float[expected.Values.Length];
        mel.Compute(samples, actual);

        var max = expected.Values.Max();
        var (absolute, relative) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            var error = Math.Abs((double)actual[i] - expected.Values[i]);
            absolute = Math.Max(absolute, error / Math.Max(max, float.Epsilon));
            if (expected.Values[i] > 1e-6 * max)
                relative = Math.Max(relative, error / expected.Values[i]);
        }

        output.WriteLine($"{name}: {absolute:e1} of the maximum, {relative:e1} relative");
        Assert.InRange(absolute, 0, 2e-6);
        Assert.InRange(relative, 0, 1e-5);
    }

    [Theory, MemberData(nameof(DecibelCases))]
    public void Decibels_of_golden_mel(string name)
    {
        var goldenCase = Golden.Case(name);
        Check(name, Golden.Array(goldenCase.GetProperty("input").GetString()!).Values);
    }

    [Theory, MemberData(nameof(DecibelCases))]
    public void Decibels_of_our_mel(string name)
    {
        var melCase = Golden.Case(Golden.Case(name).GetProperty("input").GetString()!);
        var samples = Golden.Signal(melCase);
        var mel = new MelSpectrogram(Golden.MelOptions(melCase));
        var power = new float[mel.BandCount * mel.FrameCount(samples.Length)];
        mel.Compute(samples, power);
        Check(name, power);
    }

    [Theory, MemberData(nameof(ResampleCases))]
    public void Resample(string name)
    {
        var goldenCase = Golden.Case(name);
        var expected = Golden.Array(name).Values;
        var (from, to) = (goldenCase.GetProperty("orig_sr").GetInt32(), goldenCase.GetProperty("target_sr").GetInt32());
        var samples = Golden.Signal(goldenCase);
        var actual = Resampler.Resample(samples, from, to);
        Assert.Equal(expected.Length, actual.Length);
        var error = RelativeDecibels(actual, expected);
        output.WriteLine($"{name}: {error:f1} dB");
        Assert.InRange(error, double.NegativeInfinity, -90);
    }

    private void Check(string name, float[] power)
    {
        var goldenCase = Golden.Case(name);
        var expected = Golden.Array(name).Values;
        var (reference, topDb) = (goldenCase.GetProperty("ref"), goldenCase.GetProperty("top_db"));
        var options = new DecibelOptions
        {
            ReferenceIsMax = reference.ValueKind == JsonValueKind.String && reference.GetString() == "max",
            Reference = reference.ValueKind == JsonValueKind.Number ? reference.GetDouble() : 1,
            AMin = goldenCase.GetProperty("amin").GetDouble(),
            TopDb = topDb.ValueKind == JsonValueKind.Null ? null : topDb.GetDouble(),
        };
        var actual = new float[power.Length];
        if (goldenCase.GetProperty("function").GetString() == "librosa.power_to_db")
            Decibels.FromPower(power, actual, options);
        else
            Decibels.FromAmplitude(power, actual, options);
        var worst = actual.Zip(expected, (a, e) => Math.Abs((double)a - e)).Max();
        output.WriteLine($"{name}: {worst:e1} dB");
        Assert.InRange(worst, 0, 1e-3);
    }

    internal static double RelativeDecibels(float[] actual, float[] expected)
    {
        var (noise, signal) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            noise += Math.Pow((double)actual[i] - expected[i], 2);
            signal += Math.Pow(expected[i], 2);
        }

        return 10 * Math.Log10(noise / signal);
    }
}
