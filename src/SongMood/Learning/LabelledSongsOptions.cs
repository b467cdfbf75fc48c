namespace SongMood.Learning;

/// <summary>What <see cref="LabelledSongs.Read"/> expects of a label file.</summary>
public sealed record LabelledSongsOptions
{
    /// <summary>Whether the file must have a <c>path</c> column whose every file exists. Default: true.</summary>
    public bool RequireAudio { get; init; } = true;

    /// <summary>The numeric columns to read as features, in this order. Default: none.</summary>
    public IReadOnlyList<string> FeatureColumns { get; init; } = [];

    /// <summary>
    /// The column of what must not be on both sides of a split; it may be missing only where this is the default. Default: <c>artist</c>.
    /// </summary>
    public string GroupColumn { get; init; } = DefaultGroupColumn;

    /// <summary>The column of what names a song; it may be missing only where this is the default. Default: <c>id</c>.</summary>
    public string IdColumn { get; init; } = DefaultIdColumn;

    /// <summary>The fewest different moods that the file must have: 2 to train, 1 to measure a finished model. Default: 2.</summary>
    public int MinimumMoods { get; init; } = 2;

    /// <summary>Whether the file must have a mood for each row; without, rows are those that a model shall tell the mood of.</summary>
    internal bool RequireMood { get; init; } = true;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(FeatureColumns is not null && !FeatureColumns.Any(string.IsNullOrEmpty), nameof(FeatureColumns),
            FeatureColumns is null ? null : "a list with an empty name", "columns' names");
        faults.NeedName(GroupColumn, nameof(GroupColumn));
        faults.NeedName(IdColumn, nameof(IdColumn));
        faults.Need(MinimumMoods >= 1, nameof(MinimumMoods), MinimumMoods, "at least 1");
        faults.ThrowIfAny(nameof(LabelledSongsOptions));
    }

    internal const string DefaultGroupColumn = "artist";

    internal const string DefaultIdColumn = "id";
}
