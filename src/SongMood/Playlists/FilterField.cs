using SongMood.Prediction;

namespace SongMood.Playlists;

/// <summary>Something of a prediction that a filter asks for by name; its value is null where it is unknown.</summary>
internal abstract record FilterField(string Name)
{
    /// <summary>Whether it is one of <see cref="MoodPrediction.Features"/>.</summary>
    public bool IsFeature { get; init; }

    /// <summary>Whether it is a place on the plane of moods, which only some moods have.</summary>
    public bool IsOnPlane { get; init; }

    /// <summary>All that have a name of their own. Every mood is a field, too.</summary>
    public static IReadOnlyList<FilterField> All { get; } =
    [
        new WordField("mood", song => song.Mood),
        new NumberField("score", song => song.Scores[song.Mood], 0, 1),
        new NumberField("valence", song => song.Valence ?? throw NotOnThePlane(song), -1, 1) { IsOnPlane = true },
        new NumberField("arousal", song => song.Arousal ?? throw NotOnThePlane(song), -1, 1) { IsOnPlane = true },
        new FlagField("unsure", song => song.IsUnsure ?? throw new InvalidOperationException("The filter asks whether the mood is "
            + $"unsure, and the model does not say below which score it is: set {nameof(MoodPredictorOptions)}."
            + $"{nameof(MoodPredictorOptions.UnsureBelow)} ('songmood predict --unsure-below').")),
        // Scores that are no probabilities are the model's, and each song's: nothing to tell songs apart by.
        new FlagField("doubtful", song => song.Remarks.Any(remark => remark.Kind != PredictionRemarkKind.NoProbabilities)),
        new NumberField("duration", song => song.Duration.TotalSeconds, 0, double.PositiveInfinity) { IsTime = true },
        Feature("tempo", features => features.TempoBpm > 0 ? features.TempoBpm : null, 0, 1000),
        Feature("tempoConfidence", features => features.TempoConfidence, 0, 1),
        Feature("loudness", features => features.LoudnessLufs, -200, 20),
        Feature("loudnessRange", features => features.LoudnessRangeLu, 0, 200),
        Feature("danceability", features => features.Danceability, 0, 3),
        Feature("brightness", features => features.BrightnessHz, 0, 11_025),
        Feature("onsets", features => features.OnsetsPerSecond, 0, 1000),
        Feature("keyStrength", features => features.KeyStrength, -1, 1),
        new WordField("key", song => FeaturesOf(song) is { KeyStrength: > 0 } features ? features.Key : null)
        {
            Words = MusicKeys.Tonics,
            Synonyms = MusicKeys.Flats,
            IsFeature = true,
        },
        new WordField("mode", song => FeaturesOf(song) is { KeyStrength: > 0 } features
            ? features.Mode == MusicMode.Major ? "major" : "minor" : null)
        {
            Words = ["major", "minor"],
            IsFeature = true,
        },
    ];

    /// <summary>The probability of a mood.</summary>
    public static FilterField ScoreOf(string mood) => new NumberField(mood, song => MoodOf(song, mood), 0, 1);

    private static double MoodOf(MoodPrediction song, string mood)
    {
        foreach (var (name, score) in song.Scores)
            if (name.Equals(mood, StringComparison.OrdinalIgnoreCase))
                return score;
        throw new InvalidOperationException($"The filter asks for the mood '{mood}', and the prediction has {string.Join(", ",
            song.Scores.Keys)}: give {nameof(SongFilter)}.{nameof(SongFilter.Parse)} the model's moods, and it says where that is.");
    }

    private static NumberField Feature(string name, Func<MusicFeatures, double?> value, double least, double most) =>
        new(name, song => value(FeaturesOf(song)), least, most) { IsFeature = true };

    private static MusicFeatures FeaturesOf(MoodPrediction song) => song.Features ?? throw new InvalidOperationException(
        "The filter asks for what the song sounds like, and the prediction has no features: set "
        + $"{nameof(MoodPredictorOptions)}.{nameof(MoodPredictorOptions.WithFeatures)}.");

    private static InvalidOperationException NotOnThePlane(MoodPrediction song) => new(
        $"The filter asks for valence or arousal, which only the moods happy, sad, energetic and calm have, and the model's are "
        + $"{string.Join(", ", song.Scores.Keys)}: ask for their scores.");
}

/// <summary>A measured number, from <paramref name="Least"/> to <paramref name="Most"/>.</summary>
internal sealed record NumberField(string Name, Func<MoodPrediction, double?> Value, double Least, double Most) : FilterField(Name)
{
    /// <summary>Whether it is seconds, which may be written as minutes and seconds.</summary>
    public bool IsTime { get; init; }
}

/// <summary>One of some words.</summary>
internal sealed record WordField(string Name, Func<MoodPrediction, string?> Value) : FilterField(Name)
{
    /// <summary>The words; empty where the model has them.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Other names of them.</summary>
    public IReadOnlyDictionary<string, string> Synonyms { get; init; } = new Dictionary<string, string>();
}

/// <summary>Something that is so, or is not.</summary>
internal sealed record FlagField(string Name, Func<MoodPrediction, bool?> Value) : FilterField(Name);
