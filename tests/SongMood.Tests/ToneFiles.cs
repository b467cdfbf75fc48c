using System.Buffers.Binary;
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
        var count = (int)(seconds * sampleRate);
        var bytes = new byte[44 + 2 * count];
        Encoding.ASCII.GetBytes("RIFF").CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(bytes, 8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 2 * sampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        Encoding.ASCII.GetBytes("data").CopyTo(bytes, 36);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * count);
        for (var n = 0; n < count; n++)
        {
            var sample = 0.5 * Math.Sin(2 * Math.PI * frequencyHz * n / sampleRate) + 0.05 * (random.NextDouble() - 0.5);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(44 + 2 * n), (short)(sample * short.MaxValue));
        }
        return bytes;
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
