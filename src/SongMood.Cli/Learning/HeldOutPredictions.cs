using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Training;

namespace SongMood.Cli.Learning;

/// <summary>What models said of songs that they had not learnt from: of every song by K folds, or of one part that was held out.</summary>
internal sealed class HeldOutPredictions
{
    /// <param name="songs">All songs, those that were only learnt from too.</param>
    /// <param name="parts">Of each song, the part (fold) that it was held out with; -1 where it was only learnt from.</param>
    /// <param name="probabilities">Of each song that was held out, the probabilities of the moods; otherwise empty.</param>
    /// <param name="curves">Of each part's training, how each epoch ended.</param>
    /// <param name="check">Whether the parts are apart.</param>
    public HeldOutPredictions(
        LabelledSongs songs, int[] parts, float[][] probabilities, IReadOnlyList<IReadOnlyList<EpochReport>> curves, SplitCheck check)
    {
        (Parts, Probabilities, Curves, Check) = (parts, probabilities, curves, check);
        Songs = [.. Enumerable.Range(0, parts.Length).Where(song => parts[song] >= 0)];
        Metrics = Measure(Songs);
        // By stratified splitting every part has a song.
        PartAccuracies = [.. Enumerable.Range(0, curves.Count).Select(part => Measure(Songs.Where(song => parts[song] == part)).Accuracy)];

        UnlearntMoods = [.. from part in Enumerable.Range(0, curves.Count)
                            from mood in songs.Moods.Except(Enumerable.Range(0, parts.Length).Where(song => parts[song] != part).Select(song => songs.Songs[song].Mood))
                            select (part, mood)];

        MoodMetrics Measure(IEnumerable<int> held) =>
            MoodMetrics.Compute(songs.Moods, [.. held.Select(song => songs.MoodIndices[song])], [.. held.Select(song => probabilities[song])]);
    }

    public IReadOnlyList<int> Parts { get; }

    public IReadOnlyList<float[]> Probabilities { get; }

    public IReadOnlyList<IReadOnlyList<EpochReport>> Curves { get; }

    public SplitCheck Check { get; }

    /// <summary>The songs that were held out.</summary>
    public IReadOnlyList<int> Songs { get; }

    /// <summary>Over all songs that were held out.</summary>
    public MoodMetrics Metrics { get; }

    public IReadOnlyList<double> PartAccuracies { get; }

    /// <summary>The moods whose songs were all held out with one part, so that its model could not learn them.</summary>
    public IReadOnlyList<(int Part, string Mood)> UnlearntMoods { get; }
}
