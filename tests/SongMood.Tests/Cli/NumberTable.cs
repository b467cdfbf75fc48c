namespace SongMood.Tests.Cli;

/// <summary>Songs of the moods "high" and "low" by ten artists, with a number that tells them apart and one that says nothing.</summary>
internal static class NumberTable
{
    public static string Write(TemporaryFolder folder, int count = 40)
    {
        var random = new Random(4);
        return folder.Write("table.csv", "mood,artist,id,pitch,noise\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
            FormattableString.Invariant($"{(i % 2 == 0 ? "low" : "high")},artist {i / 4},{i},{i % 2 + 0.3 * random.NextDouble()},")
            + FormattableString.Invariant($"{random.NextDouble()}\n"))));
    }
}
