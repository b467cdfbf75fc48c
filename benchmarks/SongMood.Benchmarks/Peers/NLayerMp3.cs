using NLayer;

namespace SongMood.Benchmarks.Peers;

/// <summary>NLayer, a managed MP3 decoder.</summary>
internal static class NLayerMp3
{
    /// <summary>Decodes a file in memory to interleaved samples; returns how many there are.</summary>
    public static int Decode(byte[] mp3, float[] samples)
    {
        using var file = new MpegFile(new MemoryStream(mp3, writable: false));
        var count = 0;
        while (file.ReadSamples(samples, count, samples.Length - count) is > 0 and var read)
            count += read;
        return count;
    }
}
