using System.CommandLine;
using SongMood.Playlists;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>The option <c>--where</c>: which songs.</summary>
internal static class SongFilterOption
{
    public static Option<string?> Create() => new("--where")
    {
        Description = "Only songs that are so, such as \"arousal > 0.5 and tempo in 120..140\" or \"mood = calm and not unsure\".",
        HelpName = "filter",
    };

    /// <summary>The filter, of whose moods nothing is known yet; null where none is asked for.</summary>
    public static SongFilter? Of(ParseResult parsed, Option<string?> option) => Parse(parsed.GetValue(option), moods: null);

    /// <summary>The filter, for the moods of a model.</summary>
    public static SongFilter? Checked(SongFilter? filter, MoodPredictor predictor, double? unsureBelow)
    {
        if (filter is { NeedsThreshold: true } && (unsureBelow ?? predictor.Confidence?.Threshold) is null)
            throw new ArgumentException("--where asks what is unsure, and the model does not say below which score a mood is: "
                + "say it with --unsure-below.");
        return Parse(filter?.ToString(), predictor.Moods);
    }

    private static SongFilter? Parse(string? text, IReadOnlyList<string>? moods)
    {
        try
        {
            return text is null ? null : SongFilter.Parse(text, moods);
        }
        catch (SongFilterException error)
        {
            throw new ArgumentException($"--where: {error.Message}", error);
        }
    }
}
