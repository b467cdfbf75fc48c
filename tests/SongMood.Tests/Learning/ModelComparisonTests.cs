using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Tests.Learning;

/// <summary>Two measurements on the same songs, side by side.</summary>
public sealed class ModelComparisonTests : IDisposable
{
    private static readonly string[] Moods = ["a", "b", "c"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_counts_songs_and_knows_moods_in_any_order()
    {
        var (first, other) = (Result(Moods, seed: 1), Result(["c", "a", "b"], seed: 2));
        var comparison = first.CompareWith(other).Comparison!;
        var songs = Enumerable.Range(0, 60).Select(song => (
            One: first.Moods[first.Predictions.Predicted(song)!.Value] == first.Songs[song].Mood,
            Two: other.Moods[other.Predictions.Predicted(song)!.Value] == other.Songs[song].Mood)).ToArray();
        Assert.Equal((songs.Count(song => song is (true, true)), songs.Count(song => song is (true, false)),
                songs.Count(song => song is (false, true)), songs.Count(song => song is (false, false))),
            (comparison.BothRight, comparison.OnlyFirstRight, comparison.OnlyOtherRight, comparison.NeitherRight));
        Assert.All([comparison.BothRight, comparison.OnlyFirstRight, comparison.OnlyOtherRight, comparison.NeitherRight],
            count => Assert.True(count > 0));
        Assert.Equal(first.Metrics.Accuracy - other.Metrics.Accuracy, comparison.Difference.Difference, 12);
        Assert.Same(other, comparison.Other);
        Assert.Null(first.Comparison);
    }

    [Fact]
    public void Other_songs_or_moods_are_refused()
    {
        var first = Result(Moods, seed: 1);
        Assert.Contains("Compare models of the same moods",
            Assert.Throws<ArgumentException>(() => first.CompareWith(Result(["a", "b", "c", "d"], seed: 1))).Message);
        Assert.Contains("expected the same songs", Assert.Throws<ArgumentException>(() => first.CompareWith(Result(Moods, 1, 59))).Message);
    }

    private EvaluationResult Result(string[] moods, int seed, int count = 60)
    {
        var random = new Random(seed);
        var labels = LabelledSongs.Read(_folder.Write("labels.csv", "mood\na\nb\n"), new LabelledSongsOptions { RequireAudio = false });
        LabelledSong[] songs =
            [.. Enumerable.Range(0, count).Select(i => new LabelledSong { Mood = Moods[i % 3], Group = $"artist {i / 2}", Line = i + 2 })];
        int[] actual = [.. songs.Select(song => Array.IndexOf(moods, song.Mood))];
        float[][] said = [.. actual.Select(mood =>
        {
            var weights = moods.Select((_, other) => random.NextSingle() + (other == mood ? 0.4f : 0)).ToArray();
            return Array.ConvertAll(weights, weight => weight / weights.Sum());
        })];
        return new EvaluationResult("a model", labels, songs, new Predictions(moods, actual, said, [.. songs.Select(song => song.Group)]),
            new EvaluationOrigin
            {
                Command = "test",
                Started = DateTimeOffset.UnixEpoch,
                Group = "artist",
                Seed = 1,
                Settings = new Dictionary<string, string>(),
                DataSha256 = "",
            });
    }
}
