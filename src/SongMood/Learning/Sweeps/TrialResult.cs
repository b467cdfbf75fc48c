using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SongMood.Learning;

/// <summary>What came of a trial of a sweep.</summary>
public sealed record TrialResult
{
    /// <summary>The trial's number, from 1.</summary>
    public required int Trial { get; init; }

    /// <summary>How long it trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>The accuracy over all songs that were held out; 0 where it failed, and so are the other figures.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The accuracy of each fold; empty where it failed.</summary>
    public required IReadOnlyList<double> FoldAccuracies { get; init; }

    /// <summary>The log-loss over all songs that were held out.</summary>
    public required double LogLoss { get; init; }

    /// <summary>The macro F1 over all songs that were held out.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why there are no figures, or null.</summary>
    public required string? Error { get; init; }

    /// <summary>
    /// Whether the process that trained died, so that another run may do better; a training that diverged will diverge again.
    /// </summary>
    [JsonIgnore]
    public bool Crashed { get; init; }

    internal static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // people read the journal; no browser does
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    internal static TrialResult Failed(int trial, int epochs, double seconds, string error) => new()
    {
        Trial = trial,
        Epochs = epochs,
        Accuracy = 0,
        FoldAccuracies = [],
        LogLoss = 0,
        MacroF1 = 0,
        Seconds = seconds,
        Error = error,
    };

    /// <summary>
    /// The best first: the longest trained, among these the most accurate; equal ones by log-loss, then in the order of the trials; failed
    /// ones last.
    /// </summary>
    internal static IOrderedEnumerable<TrialResult> Rank(IEnumerable<TrialResult> results) => results
        .OrderBy(result => result.Error is not null)
        .ThenByDescending(result => result.Epochs)
        .ThenByDescending(result => result.Accuracy)
        .ThenBy(result => result.LogLoss)
        .ThenBy(result => result.Trial);

    /// <summary>Such as "trial 3, 30 epochs: accuracy 71.2 %, macro F1 0.70, log loss 0.812", or how it failed.</summary>
    public override string ToString() => Error is not null ? $"trial {Trial} failed: {Error}"
        : string.Create(CultureInfo.InvariantCulture, $"trial {Trial}, {Plural.Of(Epochs, "epoch")}: accuracy {100 * Accuracy:F1} %, ")
            + string.Create(CultureInfo.InvariantCulture, $"macro F1 {MacroF1:F2}, log loss {LogLoss:F3}");
}
