using SongMood.Prediction;

namespace SongMood.Catalogue;

/// <summary>The columns of a Parquet file (docs/catalogue.md tells them).</summary>
internal static class RowColumns
{
    /// <param name="recipe">What the rows have.</param>
    /// <param name="ofShard">Whether a row also says its place in the whole list, for the merge.</param>
    public static RowColumn[] Of(CatalogueRecipe recipe, bool ofShard)
    {
        RowColumn[] position = ofShard
            ? [RowColumn.Of<long>("position", row => row.Position, (row, value) => row.Position = value)] : [];
        RowColumn[] file =
        [
            RowColumn.OfText("path", row => row.Path, (row, value) => row.Path = value, isNullable: false),
            RowColumn.Of("file_bytes", row => row.FileBytes, (row, value) => row.FileBytes = value),
            RowColumn.OfTime("file_modified", row => row.FileModified, (row, value) => row.FileModified = value),
        ];
        RowColumn[] end =
        [
            RowColumn.OfText("error", row => row.Error, (row, value) => row.Error = value),
            RowColumn.OfText("model", _ => recipe.Model, null),
            RowColumn.OfText("songmood", _ => recipe.SongMood, null),
        ];
        return [.. position, .. file, .. recipe.Content == CatalogueContent.Features ? ToLearnFrom(recipe) : Told(recipe), .. end];
    }

    private static IEnumerable<RowColumn> Told(CatalogueRecipe recipe) =>
    [
        RowColumn.OfText("format", row => row.Format, (row, value) => row.Format = value),
        RowColumn.Of("sample_rate_hz", row => row.SampleRateHz, (row, value) => row.SampleRateHz = value),
        RowColumn.Of("channels", row => row.Channels, (row, value) => row.Channels = value),
        RowColumn.Of("duration_seconds", row => row.DurationSeconds, (row, value) => row.DurationSeconds = value),
        RowColumn.OfText("title", row => row.Title, (row, value) => row.Title = value),
        RowColumn.OfText("artist", row => row.Artist, (row, value) => row.Artist = value),
        RowColumn.OfText("album", row => row.Album, (row, value) => row.Album = value),
        RowColumn.OfText("year", row => row.Year, (row, value) => row.Year = value),
        RowColumn.OfText("genre", row => row.Genre, (row, value) => row.Genre = value),
        RowColumn.OfText("mood", row => row.Mood, (row, value) => row.Mood = value),
        .. recipe.Moods.Index().Select(mood => RowColumn.Of($"score_{mood.Item}", row => row.Scores?[mood.Index],
            (row, value) => (row.Scores ??= new float[recipe.Moods.Length])[mood.Index] = value)),
        RowColumn.Of("valence", row => row.ToPrediction(recipe.Moods)?.Valence, null),
        RowColumn.Of("arousal", row => row.ToPrediction(recipe.Moods)?.Arousal, null),
        RowColumn.Of("unsure", row => row.IsUnsure, (row, value) => row.IsUnsure = value),
        RowColumn.Of("heard_seconds", row => row.HeardSeconds, (row, value) => row.HeardSeconds = value),
        RowColumn.Of("damaged_frames", row => row.DamagedFrames, (row, value) => row.DamagedFrames = value),
        RowColumn.OfTexts("remark_kinds", row => row.RemarkKinds, (row, value) => row.RemarkKinds = value),
        RowColumn.OfTexts("remarks", row => row.Remarks, (row, value) => row.Remarks = value),
        .. SoundsLike(),
        .. recipe.WithEmbedding
            ? [RowColumn.OfNumbers("embedding", row => row.Embedding, (row, value) => row.Embedding = value)] : Array.Empty<RowColumn>(),
        .. recipe.WithDescriptors
            ? [RowColumn.OfNumbers("descriptors", row => row.Descriptors, (row, value) => row.Descriptors = value)]
            : Array.Empty<RowColumn>(),
    ];

    /// <summary>Null in all rows where they were not asked for, so that files of different runs can be queried as one.</summary>
    private static IEnumerable<RowColumn> SoundsLike() =>
    [
        Feature("tempo_bpm", features => features.TempoBpm, (features, value) => features with { TempoBpm = value }),
        Feature("tempo_confidence", features => features.TempoConfidence, (features, value) => features with { TempoConfidence = value }),
        RowColumn.OfText("key", row => row.Features?.Key, (row, value) => row.Features = FeaturesOf(row) with { Key = value }),
        RowColumn.OfText("mode", row => row.Features is null ? null : row.Features.Mode == MusicMode.Major ? "major" : "minor",
            (row, value) => row.Features =
                FeaturesOf(row) with { Mode = value == "major" ? MusicMode.Major : MusicMode.Minor }),
        Feature("key_strength", features => features.KeyStrength, (features, value) => features with { KeyStrength = value }),
        Feature("loudness_lufs", features => features.LoudnessLufs, (features, value) => features with { LoudnessLufs = value }),
        Feature("loudness_range_lu", features => features.LoudnessRangeLu, (features, value) => features with { LoudnessRangeLu = value }),
        Feature("danceability", features => features.Danceability, (features, value) => features with { Danceability = value }),
        Feature("brightness_hz", features => features.BrightnessHz, (features, value) => features with { BrightnessHz = value }),
        Feature("onsets_per_second", features => features.OnsetsPerSecond, (features, value) => features with { OnsetsPerSecond = value }),
    ];

    private static RowColumn Feature(string name, Func<MusicFeatures, double> get, Func<MusicFeatures, double, MusicFeatures> with) =>
        RowColumn.Of<double>(name, row => row.Features is { } features ? get(features) : null,
            (row, value) => row.Features = with(FeaturesOf(row), value));

    private static MusicFeatures FeaturesOf(CatalogueRow row) => row.Features ?? new MusicFeatures
    {
        TempoBpm = 0,
        TempoConfidence = 0,
        Key = "",
        Mode = MusicMode.Minor,
        KeyStrength = 0,
        LoudnessLufs = 0,
        LoudnessRangeLu = 0,
        Danceability = 0,
        BrightnessHz = 0,
        OnsetsPerSecond = 0,
    };

    /// <summary>A column for each feature that has a name, as tables have them; a spectrogram is a list.</summary>
    private static IEnumerable<RowColumn> ToLearnFrom(CatalogueRecipe recipe) =>
    [
        RowColumn.OfText("mood", row => row.Mood, (row, value) => row.Mood = value),
        RowColumn.OfText("group", row => row.Group, (row, value) => row.Group = value),
        .. recipe.DescriptorNames.Index().Select(name => RowColumn.Of(name.Item, row => row.Descriptors?[name.Index],
            (row, value) => (row.Descriptors ??= new float[recipe.DescriptorNames.Length])[name.Index] = value)),
        .. recipe.DescriptorNames.Length == 0
            ? [RowColumn.OfNumbers("features", row => row.Descriptors, (row, value) => row.Descriptors = value)] : Array.Empty<RowColumn>(),
        .. recipe.Inputs == Learning.SongInput.Both
            ? [RowColumn.OfNumbers("mel", row => row.Mel, (row, value) => row.Mel = value)] : Array.Empty<RowColumn>(),
    ];
}
