using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SongMood.Networks;

namespace SongMood.Training;

/// <summary>
/// What makes a training's result what it is, as a short text: the options, the seed, the network and the rows. A checkpoint of
/// anything else would go on to neither result.
/// </summary>
internal static class Fingerprint
{
    // Options that say where to look or when to stop looking, not what to learn.
    private static readonly HashSet<string> Beside =
    [
        nameof(NetworkOptions.Progress), nameof(NetworkOptions.CancellationToken), nameof(NetworkOptions.CurvesPath), nameof(NetworkOptions.TensorBoardFolder),
        nameof(NetworkOptions.CheckpointFolder), nameof(NetworkOptions.StartFrom), nameof(NetworkOptions.Seed), nameof(NetworkOptions.Device),
    ];

    public static string Of(
        NetworkOptions options, Network network, int seed, TrainingData data, int[] rows, TrainingData? validationData, int[] validationRows)
    {
        var text = new StringBuilder();
        foreach (var option in options.GetType().GetProperties().Where(option => !Beside.Contains(option.Name)).OrderBy(option => option.Name, StringComparer.Ordinal))
            text.Append(option.Name).Append('=').Append(Describe(option.GetValue(options))).Append(';');
        text.Append(string.Join(",", rows)).Append('|').Append(string.Join(",", validationRows)).Append('|').Append(string.Join(",", data.Labels));
        text.Append('|').Append(string.Join(",", data.Lengths)).Append('|').Append(validationData?.RowCount);
        // The first values of every row stand for all of them: reading a gigabyte to name it would cost an epoch.
        text.Append('|').Append(string.Join(",", Enumerable.Range(0, data.RowCount).Select(row => data.FirstValue(row).ToString("r", CultureInfo.InvariantCulture))));
        if (options.StartFrom is { } start)
            text.Append('|').Append(Convert.ToHexString(SHA256.HashData(start.OnnxGraph.Span)));
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
        return $"{network.GetName()} with {network.ParameterCount} parameters, seed {seed}, {rows.Length} rows, options and data {hash}";
    }

    private static string Describe(object? value) => value switch
    {
        null => "null",
        IEnumerable<int> numbers => string.Join(",", numbers),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
