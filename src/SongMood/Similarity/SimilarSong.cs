using System.Globalization;

namespace SongMood.Similarity;

/// <summary>A song that sounds like another.</summary>
/// <param name="Song">The song.</param>
/// <param name="Similarity">The cosine of the two embeddings: 1 for the same song, -1 to 1.</param>
public sealed record SimilarSong(IndexedSong Song, float Similarity)
{
    /// <summary>Such as "0.934 calm song.mp3".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Similarity:0.000} {Song.Mood} {Song.Name}");
}
