using System.Text.Json;
using SongMood.Dsp;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Dsp;

/// <summary>librosa's results on fixed signals, where the data folder is at hand.</summary>
internal static class Golden
{
    /// <summary>The cases of these functions, by the name of their output; one that says so where the data is missing.</summary>
    public static TheoryData<string> Outputs(params string[] functions)
    {
        if (TestData.Root is null)
            return ["(no data folder)"];
        return new TheoryData<string>(Cases().Where(c => functions.Contains(c.GetProperty("function").GetString()))
            .Select(c => c.GetProperty("output").GetString()!));
    }

    public static JsonElement Case(string output)
    {
        TestData.Require("golden", "manifest.json");
        return Cases().Single(c => c.TryGetProperty("output", out var name) && name.GetString() == output);
    }

    public static Npy Array(string name) => Npy.Load(TestData.Require("golden", name));

    public static float[] Signal(JsonElement goldenCase) => Array($"signal.{goldenCase.GetProperty("signal").GetString()}.npy").Values;

    public static MelSpectrogramOptions MelOptions(JsonElement goldenCase) =>
        goldenCase.EnumerateObject().Aggregate(new MelSpectrogramOptions(), With);

    private static MelSpectrogramOptions With(MelSpectrogramOptions options, JsonProperty parameter)
    {
        var value = parameter.Value;
        return parameter.Name switch
        {
            "sr" => options with { SampleRate = value.GetInt32() },
            "n_fft" => options with { FftLength = value.GetInt32() },
            "hop_length" => options with { HopLength = value.GetInt32() },
            "win_length" => options with { WindowLength = value.GetInt32() },
            "n_mels" => options with { BandCount = value.GetInt32() },
            "fmin" => options with { MinHz = value.GetDouble() },
            "fmax" => options with { MaxHz = value.GetDouble() },
            "power" => options with { Power = (int)value.GetDouble() },
            "center" => options with { Center = value.GetBoolean() },
            "htk" => options with { MelScale = value.GetBoolean() ? MelScale.Htk : MelScale.Slaney },
            "norm" => options with { MelNorm = value.ValueKind == JsonValueKind.Null ? MelNorm.None : MelNorm.Area },
            "pad_mode" => options with { PadMode = Enum.Parse<PadMode>(value.GetString()!, ignoreCase: true) },
            "window" when value.ValueKind == JsonValueKind.Array => options with // ["kaiser", beta]
            {
                Window = Enum.Parse<WindowKind>(value[0].GetString()!, ignoreCase: true),
                KaiserBeta = value[1].GetDouble(),
            },
            "window" when value.GetString() is "boxcar" or "ones" => options with { Window = WindowKind.Rectangular },
            "window" => options with { Window = Enum.Parse<WindowKind>(value.GetString()!, ignoreCase: true) },
            "function" or "signal" or "output" or "shape" => options,
            _ => throw new InvalidDataException($"the golden manifest has a parameter that this test does not know: {parameter}"),
        };
    }

    private static List<JsonElement> Cases()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Root!, "golden", "manifest.json")));
        return [.. manifest.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.Clone())];
    }
}
