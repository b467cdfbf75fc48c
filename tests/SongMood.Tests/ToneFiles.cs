using System.Globalization;
using System.Text;

namespace SongMood.Tests;

/// <summary>Writes small WAV files whose "mood" is easy to hear: low and high tones, each with some noise.</summary>
internal static class ToneFiles
{
    public const int SampleRate = 22050;

    /// <summary>A 16-bit mono WAV file in memory.</summary>
    public static byte[] Wav(double frequencyHz, double seconds = 2, int seed = 1, int sampleRate = SampleRate)
    {
        var random = new Random(seed);
        return Wav16.Of((int)(seconds * sampleRate), sampleRate, n => (short)(
            (0.5 * Math.Sin(2 * Math.PI * frequencyHz * n / sampleRate) + 0.05 * (random.NextDouble() - 0.5)) * short.MaxValue));
    }

    /// <summary>Writes songs of the moods "low" and "high" by several artists, and their label file; returns its path.</summary>
    public static string WriteLabelledSongs(TemporaryFolder folder, int songsPerMood = 10)
    {
        var csv = new StringBuilder("path,mood,artist,pitch,other\n");
        for (var i = 0; i < songsPerMood; i++)
            foreach (var (mood, frequencyHz) in new[] { ("low", 200 + 10 * i), ("high", 4000 + 50 * i) })
            {
                var name = $"songs/{mood}{i:00}.wav";
                folder.Write(name, Wav(frequencyHz, 1.5 + 0.05 * i, seed: i));
                csv.AppendLine(CultureInfo.InvariantCulture, $"{name},{mood},artist {i % 5},{frequencyHz / 1000.0},{i % 3}");
            }
        return folder.Write("labels.csv", csv.ToString());
    }
}
