using System.Text.Json;
using SongMood.TestSupport;

namespace SongMood.Dsp.Tests;

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

    public static MelSpectrogramOptions MelOptions(JsonElement goldenCase)
    {
        var options = new MelSpectrogramOptions();
        foreach (var parameter in goldenCase.EnumerateObject())
        {
            var value = parameter.Value;
            switch (parameter.Name)
            {
                case "sr": options.SampleRate = value.GetInt32(); break;
                case "n_fft": options.FftLength = value.GetInt32(); break;
                case "hop_length": options.HopLength = value.GetInt32(); break;
                case "win_length": options.WindowLength = value.GetInt32(); break;
                case "n_mels": options.BandCount = value.GetInt32(); break;
                case "fmin": options.MinHz = value.GetDouble(); break;
                case "fmax": options.MaxHz = value.GetDouble(); break;
                case "power": options.Power = (int)value.GetDouble(); break;
                case "center": options.Center = value.GetBoolean(); break;
                case "htk": options.MelScale = value.GetBoolean() ? MelScale.Htk : MelScale.Slaney; break;
                case "norm": options.MelNorm = value.ValueKind == JsonValueKind.Null ? MelNorm.None : MelNorm.Area; break;
                case "pad_mode": options.PadMode = Enum.Parse<PadMode>(value.GetString()!, ignoreCase: true); break;
                case "window" when value.ValueKind == JsonValueKind.Array: // ["kaiser", beta]
                    options.Window = Enum.Parse<WindowKind>(value[0].GetString()!, ignoreCase: true);
                    options.KaiserBeta = value[1].GetDouble();
                    break;
                case "window":
                    options.Window = value.GetString() is "boxcar" or "ones"
                        ? WindowKind.Rectangular
                        : Enum.Parse<WindowKind>(value.GetString()!, ignoreCase: true);
                    break;
                case "function" or "signal" or "output" or "shape": break;
                default: throw new InvalidDataException($"the golden manifest has a parameter that this test does not know: {parameter}");
            }
        }

        return options;
    }

    private static List<JsonElement> Cases()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Root!, "golden", "manifest.json")));
        return [.. manifest.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.Clone())];
    }
}
