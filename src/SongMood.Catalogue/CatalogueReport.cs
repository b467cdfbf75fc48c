namespace SongMood.Catalogue;

/// <summary>What came of a <see cref="CatalogueRun"/> or a <see cref="CatalogueMerge"/>.</summary>
public sealed record CatalogueReport
{
    /// <summary>The file that was written, or is as it should be.</summary>
    public required string Path { get; init; }

    /// <summary>Its songs.</summary>
    public required long SongCount { get; init; }

    /// <summary>How many of them have an error in place of a mood.</summary>
    public required long FailedCount { get; init; }

    /// <summary>How many of them were done before.</summary>
    public required long DoneBefore { get; init; }

    /// <summary>Whether the file was as it should be, and is left as it was.</summary>
    public bool WasUpToDate { get; init; }

    /// <summary>Such as "moods.parquet: 500 songs, 2 of them with errors, 100 done before".</summary>
    public override string ToString() =>
        $"{Path}: {Plural.Of(SongCount, "song")}, {FailedCount} of them with errors, {DoneBefore} done before";
}
