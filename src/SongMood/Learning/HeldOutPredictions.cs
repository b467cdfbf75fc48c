using SongMood.Evaluation;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>What models said of songs that they had not learnt from: of every song by K folds, or of one part that was held out.</summary>
internal sealed class HeldOutPredictions
{
    /// <param name="songs">All songs, those that were only learnt from too.</param>
    /// <param name="parts">The part (fold) that each song was held out with; -1 where it was only learnt from.</param>
    /// <param name="probabilities">The probabilities of the moods for each song that was held out; otherwise empty.</param>
    /// <param name="curves">How each epoch of each part's training ended.</param>
    /// <param name="check">Whether the parts are apart.</param>
    public HeldOutPredictions(
        LabelledSongs songs, int[] parts, float[][] probabilities, IReadOnlyList<IReadOnlyList<EpochReport>> curves, SplitCheck check)
    {
        (Curves, Check) = (curves, check);
        int[] held = [.. Enumerable.Range(0, parts.Length).Where(song => parts[song] >= 0)];
        Songs = [.. held.Select(song => songs.Songs[song])];
        Predictions =
            new Predictions(songs.Moods, [.. held.Select(song => songs.MoodIndices[song])], [.. held.Select(song => probabilities[song])],
            [.. Songs.Select(song => song.Group)], curves.Count > 1 ? [.. held.Select(song => parts[song])] : null);
        Metrics = MoodMetrics.Compute(Predictions);
        PartAccuracies = Predictions.Parts is null ? [Metrics.Accuracy]
            : [.. Predictions.PartNumbers.Select(part => MoodMetrics.Compute(Predictions.OfPart(part)).Accuracy)];

        UnlearntMoods = [.. from part in Enumerable.Range(0, curves.Count)
                            from mood in songs.Moods.Except(Enumerable.Range(0, parts.Length).Where(song => parts[song] != part)
                                .Select(song => songs.Songs[song].Mood))
                            select (part, mood)];
    }

    /// <summary>The songs that were held out.</summary>
    public IReadOnlyList<LabelledSong> Songs { get; }

    /// <summary>What was said of them; in parts where there is more than one.</summary>
    public Predictions Predictions { get; }

    public IReadOnlyList<IReadOnlyList<EpochReport>> Curves { get; }

    public SplitCheck Check { get; }

    /// <summary>Over all songs that were held out.</summary>
    public MoodMetrics Metrics { get; }

    public IReadOnlyList<double> PartAccuracies { get; }

    /// <summary>The moods whose songs were all held out with one part, so that its model could not learn them.</summary>
    public IReadOnlyList<(int Part, string Mood)> UnlearntMoods { get; }
}
