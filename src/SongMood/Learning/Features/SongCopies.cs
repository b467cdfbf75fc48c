using SongMood.Alterations;

namespace SongMood.Learning;

/// <summary>How the copies of each song are altered: drawn by the options' seed, the song's number and the copy's.</summary>
internal sealed class SongCopies(MoodLearningOptions options)
{
    public AudioAlteration[] Of(int song)
    {
        var random = new Random(unchecked((options.Seed * 1_000_003) + song));
        return [.. Enumerable.Range(0, options.AlteredCopies).Select(_ => AudioAlteration.Draw(options.Alterations, random.Next()))];
    }
}
