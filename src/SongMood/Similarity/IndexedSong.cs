using System.Globalization;
using SongMood.Prediction;

namespace SongMood.Similarity;

/// <summary>What an index keeps of a song, besides what it sounds like.</summary>
/// <param name="Name">What the song is called there, such as its path.</param>
/// <param name="Mood">Its mood.</param>
/// <param name="Score">The mood's probability, 0 to 1.</param>
/// <param name="Features">Its tempo, key and so on; null where they were not computed.</param>
public sealed record IndexedSong(string Name, string Mood, float Score, MusicFeatures? Features)
{
    /// <summary>Such as "song.mp3: calm 92 %".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Mood} {100 * Score:0} %");
}
