namespace SongMood.Catalogue;

/// <summary>What is done with each song, on any number of threads at once.</summary>
internal interface ISongWork : IDisposable
{
    /// <summary>What rows depend on.</summary>
    CatalogueRecipe Recipe { get; }

    /// <summary>The song's row, with an error where it cannot be read.</summary>
    HeardSong Hear(CatalogueSong song, CancellationToken cancellation);
}
