using System.Buffers.Binary;

namespace LyricsEnsemble;

/// <summary>
/// Songs that nobody sang: three seconds of a beat, and a few words. How fast and bright the beat is follows the mood's arousal,
/// the words follow its valence. So sound alone cannot tell happy from energetic, nor words alone happy from calm.
/// </summary>
internal static class MadeUpSongs
{
    private const int SampleRate = 22050;
    private static readonly string[] Bright = ["sunlight", "laughing", "together", "garden", "golden", "welcome", "singing", "honey"];
    private static readonly string[] Dark = ["broken", "burning", "nobody", "ashes", "shadow", "goodbye", "falling", "stone"];
    private static readonly string[] Plain =
        ["the", "river", "and", "road", "we", "morning", "a", "window", "again", "of", "night", "your"];

    /// <summary>Writes the songs' sound into a folder, the same songs each time.</summary>
    public static IReadOnlyList<Song> Write(string folder, int count = 48)
    {
        (string Mood, bool IsFast, bool IsBright)[] moods =
            [("happy", true, true), ("energetic", true, false), ("calm", false, true), ("sad", false, false)];
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var (mood, isFast, isBright) = moods[number % 4];
            var path = Path.Combine(folder, $"{number}.wav");
            File.WriteAllBytes(path, Wav(Beat(random, isFast)));
            return new Song { Path = path, Lyrics = Words(random, isBright ? Bright : Dark), Mood = mood, Artist = $"artist {number / 4}" };
        })];
    }

    private static string Words(Random random, string[] telling) => string.Join(' ', Enumerable.Range(0, 4).Select(_ =>
        string.Join(' ', random.GetItems(Plain, 3).Concat(random.GetItems(telling, 2)))));

    private static float[] Beat(Random random, bool isFast)
    {
        var samples = new float[3 * SampleRate];
        var beatsPerSecond = (isFast ? 2.2 : 1.1) * (0.8 + 0.4 * random.NextDouble());
        var frequencyHz = (isFast ? 900 : 350) * (0.7 + 0.6 * random.NextDouble());
        for (var n = 0; n < samples.Length; n++)
        {
            var sinceBeat = n / (double)SampleRate * beatsPerSecond % 1 / beatsPerSecond; // seconds
            samples[n] = (float)(0.4 * Math.Exp(-6 * sinceBeat) * Math.Sin(2 * Math.PI * frequencyHz * sinceBeat)
                + 0.02 * (random.NextDouble() - 0.5));
        }
        return samples;
    }

    /// <summary>16 bits, one channel.</summary>
    private static byte[] Wav(float[] samples)
    {
        var bytes = new byte[44 + 2 * samples.Length];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 2 * SampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * samples.Length);
        for (var n = 0; n < samples.Length; n++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(44 + 2 * n), (short)(samples[n] * short.MaxValue));
        return bytes;
    }
}
