using SongMood.Evaluation;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>
/// What models said of songs that they had not learnt from: of every song after a cross-validation, else of those that were held out.
/// </summary>
internal sealed class HeldOutPredictions
{
    /// <param name="songs">All songs, those that were only learnt from too.</param>
    /// <param name="parts">How they were held out.</param>
    /// <param name="probabilities">The probabilities of the moods for each song that was held out.</param>
    /// <param name="curves">How each epoch of each part's training ended.</param>
    /// <param name="check">Whether the parts are apart.</param>
    public HeldOutPredictions(LabelledSongs songs, HeldOutParts parts, float[][] probabilities,
        IReadOnlyList<IReadOnlyList<EpochReport>> curves, SplitCheck check)
    {
        (Curves, Check) = (curves, check);
        Songs = parts.OfHeld(songs.Songs);
        Predictions = new Predictions(songs.Moods, parts.OfHeld(songs.MoodIndices), probabilities, [.. Songs.Select(song => song.Group)],
            parts.Count > 1 ? parts.OfHeld(parts.PartOf) : null);
        Metrics = MoodMetrics.Compute(Predictions);
        PartAccuracies = Predictions.Parts is null ? [Metrics.Accuracy]
            : [.. Predictions.PartNumbers.Select(part => MoodMetrics.Compute(Predictions.OfPart(part)).Accuracy)];
        UnlearntMoods = [.. from part in parts
                            from mood in songs.Moods.Except(part.Learnt.Select(song => songs.Songs[song].Mood))
                            select new UnlearntMood { Part = part.Part, Mood = mood }];
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
    public IReadOnlyList<UnlearntMood> UnlearntMoods { get; }
}
