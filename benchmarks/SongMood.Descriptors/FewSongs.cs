using Microsoft.ML;
using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Descriptors;

/// <summary>
/// What a few songs teach, by the default networks over descriptors and over the embedding: the table of docs/your-music.md. Songs are
/// drawn from four of five folds that share no artist, and the fifth is measured: the one whose clips did not teach the embedding.
/// </summary>
internal static class FewSongs
{
    private static readonly int[] Counts = [20, 60];
    private static readonly SongInput[] Inputs = [SongInput.Descriptors, SongInput.Embedding];

    /// <summary>Prints a row for every choice of two or more moods: the accuracy of each input, mean of the draws.</summary>
    /// <param name="labelFile">The clips that taught the embedding, but for the first fold of seed 1.</param>
    /// <param name="drawCount">How often songs are drawn.</param>
    /// <param name="featureFolder">Where features are kept; null to compute them anew.</param>
    public static async Task PrintAsync(string labelFile, int drawCount, string? featureFolder)
    {
        var songs = LabelledSongs.Read(labelFile);
        var features = new Dictionary<SongInput, IReadOnlyList<float[]>>();
        foreach (var input in Inputs)
            features[input] = (await Extraction.InFolderAsync(songs, featureFolder, input)).Features;
        var fold = HeldOutParts.Folds(songs.MoodIndices, [.. songs.Songs.Select(song => song.Group)], 5, seed: 1).First();

        Console.WriteLine($"{drawCount} draws, measured on the {fold.Held.Count} songs of a fold that taught nothing");
        Console.WriteLine($"| moods | {string.Join(" | ", from count in Counts from input in Inputs select $"{count} songs, {input}")} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---:|", Counts.Length * Inputs.Length))}");
        foreach (var moods in Choices(songs.Moods).OrderBy(moods => moods.Length))
        {
            var accuracies = from count in Counts
                             from input in Inputs
                             select Enumerable.Range(1, drawCount).Average(
                                 seed => Accuracy(songs, moods, Draw(songs, moods, fold, count, seed), features[input], input, seed));
            Console.WriteLine($"| {string.Join(", ", moods)} | {string.Join(" | ", accuracies.Select(share => $"{100 * share:F1}"))} |");
        }
    }

    /// <summary>Every set of two or more moods.</summary>
    private static IEnumerable<string[]> Choices(IReadOnlyList<string> moods) =>
        from bits in Enumerable.Range(1, (1 << moods.Count) - 1)
        where int.PopCount(bits) >= 2
        select moods.Where((_, mood) => (bits >> mood & 1) == 1).ToArray();

    /// <summary>As many songs of each mood as there are of the others, none of the fold that is measured.</summary>
    private static HeldOutPart Draw(LabelledSongs songs, string[] moods, HeldOutPart fold, int count, int seed)
    {
        var drawn = fold.Learnt.ToArray();
        new Random(seed).Shuffle(drawn);
        return fold with
        {
            Learnt = [.. moods.SelectMany(mood => drawn.Where(song => songs.Songs[song].Mood == mood).Take(count / moods.Length))],
            Held = [.. fold.Held.Where(song => moods.Contains(songs.Songs[song].Mood))],
        };
    }

    private static double Accuracy(
        LabelledSongs songs, string[] moods, HeldOutPart part, IReadOnlyList<float[]> features, SongInput input, int seed)
    {
        var context = new MLContext(seed);
        int[] all = [.. part.Learnt, .. part.Held]; // in this order in the table
        var some = songs.Choose(all);
        var table = FeatureTable.OfVectors(some, [.. all.Select(song => features[song])]);
        int[] learnt = [.. Enumerable.Range(0, part.Learnt.Count)];
        int[] held = [.. Enumerable.Range(learnt.Length, part.Held.Count)];
        var recipe = new LearningRecipe(new MoodLearningOptions { Inputs = input, Seed = seed }, part.Learnt.Count);
        var probabilities = HeldOut.FitAndScore(part with { Learnt = learnt, Held = held }, recipe.Classifier(context),
            rows => table.View(context, rows), rows => table.View(context, rows));
        return MoodMetrics.Compute(new Predictions(moods, [.. held.Select(song => some.MoodIndices[song])], probabilities)).Accuracy;
    }
}
