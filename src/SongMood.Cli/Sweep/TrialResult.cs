using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SongMood.Cli.Sweep;

/// <summary>What came of a trial.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Epochs">How long it trained.</param>
/// <param name="Accuracy">Over all songs that were held out.</param>
/// <param name="FoldAccuracies">Of each fold.</param>
/// <param name="LogLoss">Over all songs that were held out.</param>
/// <param name="MacroF1">Over all songs that were held out.</param>
/// <param name="Seconds">It took.</param>
/// <param name="Error">Why there are no figures, or null.</param>
internal sealed record TrialResult(
    int Trial, int Epochs, double Accuracy, IReadOnlyList<double> FoldAccuracies, double LogLoss, double MacroF1, double Seconds, string? Error)
{
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // people read the journal; no browser does
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Whether the process died, so that another run may do better; a training that diverged will diverge again.</summary>
    [JsonIgnore]
    public bool Crashed { get; init; }

    public static TrialResult Failed(int trial, int epochs, double seconds, string error) => new(trial, epochs, 0, [], 0, 0, seconds, error);

    /// <summary>
    /// The best first: the longest trained, among these the most accurate; equal ones by log-loss, then in the order of the trials; failed
    /// ones last.
    /// </summary>
    public static IOrderedEnumerable<TrialResult> Rank(IEnumerable<TrialResult> results) => results
        .OrderBy(result => result.Error is not null)
        .ThenByDescending(result => result.Epochs)
        .ThenByDescending(result => result.Accuracy)
        .ThenBy(result => result.LogLoss)
        .ThenBy(result => result.Trial);
}
