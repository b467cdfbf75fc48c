using System.Diagnostics;
using System.Globalization;
using SongMood.Audio;
using SongMood.Prediction;

namespace SongMood.Benchmarks;

/// <summary>
/// What only many songs show: whether the memory of a process grows with them, and whether predictions by eight threads at once are
/// those of one, to the bit. Prints both.
/// </summary>
internal static class ManySongs
{
    private const int Threads = 8;

    /// <returns>The exit code: 0 where all predictions are equal.</returns>
    public static async Task<int> RunAsync(bool isQuick)
    {
        using var predictor = MoodPredictor.LoadPretrained();
        await MemoryAsync(predictor, songs: isQuick ? 20 : 10_000, step: isQuick ? 10 : 1000);
        return await EqualAsync(predictor, predictions: isQuick ? 10 : 10_000) ? 0 : 1;
    }

    private static async Task MemoryAsync(MoodPredictor predictor, int songs, int step)
    {
        var clip = Mp3Inputs.Make("128 kb/s");
        var heard = 0;
        Console.WriteLine("| clips of 30 s through PredictManyAsync | resident, MiB |");
        Console.WriteLine("|---:|---:|");
        await foreach (var song in predictor.PredictManyAsync(Enumerable.Range(0, songs).Select(_ => (SongSource)(byte[])clip.Clone())))
        {
            if (song.Error is { } error)
                throw error;
            if (++heard % step == 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {heard} | {Process.GetCurrentProcess().WorkingSet64 / 1048576.0:F0} |"));
        }
    }

    private static async Task<bool> EqualAsync(MoodPredictor predictor, int predictions)
    {
        // Eight songs of a second, so that threads that got in each other's way would be told apart.
        var songs = Enumerable.Range(0, Threads).Select(song => new Waveform([Noise(song)], 22050)).ToArray();
        var expected = songs.Select(song => predictor.Predict(song)).ToArray();
        var others = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(() =>
        {
            for (var i = 0; i < predictions; i++)
            {
                var song = (thread + i) % Threads;
                var said = predictor.Predict(songs[song]);
                if (!said.Scores.SequenceEqual(expected[song].Scores) || !said.Embedding.SequenceEqual(expected[song].Embedding))
                    Interlocked.Increment(ref others);
            }
        }, TaskCreationOptions.LongRunning)));
        Console.WriteLine();
        Console.WriteLine($"{Threads} threads, {predictions} predictions each: {others} are other than those of one thread.");
        return others == 0;
    }

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 22050).Select(_ => (random.NextSingle() - 0.5f) * 0.3f)];
    }
}
