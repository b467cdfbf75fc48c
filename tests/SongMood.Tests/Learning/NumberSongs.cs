using SongMood.Learning;

namespace SongMood.Tests.Learning;

/// <summary>Songs of three moods that two of three columns tell apart, but for some noise: quick to learn.</summary>
internal static class NumberSongs
{
    public static MoodLearningOptions Options { get; } =
        new() { Inputs = SongInput.Columns, Epochs = 4, BatchSize = 16, LearningRate = 1e-2, Network = new NetworkChoice { Hidden = [8] } };

    public static LabelledSongs Read(TemporaryFolder folder, int count = 90)
    {
        var random = new Random(3);
        var csv = folder.Write("numbers.csv",
            "mood,artist,a,b,c\n" + string.Concat(Enumerable.Range(0, count).Select(Line)));
        return LabelledSongs.Read(csv, new LabelledSongsOptions { RequireAudio = false, FeatureColumns = ["a", "b", "c"] });

        string Line(int i)
        {
            var (a, b, c) = (i % 3 + random.NextDouble(), random.NextDouble(), 1.5 * random.NextDouble() - i % 3);
            return FormattableString.Invariant($"mood {i % 3},artist {i % 11},{a:F3},{b:F3},{c:F3}\n");
        }
    }
}

/// <summary>Keeps what is reported, at once.</summary>
internal sealed class Told : IProgress<LearningProgress>
{
    public List<LearningProgress> All { get; } = [];

    public Action<LearningProgress>? Then { get; init; }

    public void Report(LearningProgress value)
    {
        lock (All)
            All.Add(value);
        Then?.Invoke(value);
    }
}
