using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SongMood.Networks;
using TorchSharp;

namespace SongMood.Training;

/// <summary>
/// What makes a training's result what it is, as a short text: the options, the seed, the threads, the network and the rows. A
/// checkpoint of anything else would go on to neither result.
/// </summary>
internal static class Fingerprint
{
    private const int Block = 1 << 20; // values hashed at once: their bytes must not be more than a span can have

    // The text says what came of these: the seed and the threads in use, and the graph to start from.
    private static readonly HashSet<string> SaidBelow =
        [nameof(NetworkOptions.Seed), nameof(NetworkOptions.Threads), nameof(NetworkOptions.StartFrom)];

    public static string Of(
        NetworkOptions options, Network network, int seed, TrainingData data, int[] rows, TrainingData? validationData,
        int[] validationRows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var option in WithoutEffectOnResultAttribute.Others(options.GetType()))
            if (!SaidBelow.Contains(option.Name))
                hash.AppendData(Encoding.UTF8.GetBytes($"{option.Name}={Describe(option.GetValue(options))};"));
        if (options.StartFrom is { } start)
            hash.AppendData(start.OnnxGraph.Span);
        Append(hash, rows);
        Append(hash, validationRows);
        Append(hash, data);
        if (validationData is not null && validationData != data)
            Append(hash, validationData);
        return string.Create(CultureInfo.InvariantCulture,
            $"{network.GetName()} with {network.ParameterCount} parameters, seed {seed}, threads {torch.get_num_threads()}, "
            + $"{rows.Length} rows, options and data {Convert.ToHexString(hash.GetHashAndReset())[..16]}");
    }

    private static void Append(IncrementalHash hash, TrainingData data)
    {
        Append(hash, data.Labels);
        Append(hash, data.Lengths);
        Append(hash, data.Weights ?? []);
        var values = data.AllValues.Span;
        for (var start = 0; start < values.Length; start += Block)
            hash.AppendData(MemoryMarshal.AsBytes(values[start..Math.Min(values.Length, start + Block)]));
    }

    /// <summary>With its length before it: neighbours cannot exchange ends.</summary>
    private static void Append<T>(IncrementalHash hash, T[] values) where T : unmanaged
    {
        hash.AppendData(BitConverter.GetBytes(values.Length));
        hash.AppendData(MemoryMarshal.AsBytes<T>(values));
    }

    private static string Describe(object? value) => value switch
    {
        null => "null",
        IEnumerable<int> numbers => string.Join(",", numbers),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
