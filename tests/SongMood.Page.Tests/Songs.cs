using System.Buffers.Binary;
using SongMood.TestSupport;

namespace SongMood.Page.Tests;

/// <summary>Songs to send.</summary>
internal static class Songs
{
    public static readonly string Folder = Path.Combine(TestData.RepositoryRoot, "samples", "audio");

    /// <summary>Inputs that once went wrong, and what is no song at all.</summary>
    public static readonly string[] FaultFiles =
    [
        .. Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.Page.Tests", "Faults")).Order(),
        Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.Transforms.Tests", "Audio", "Faults", "rate_change.mp3"),
    ];

    public static string Sample(string name) => Path.Combine(Folder, name + ".mp3");

    /// <summary>A 16-bit WAV of a quiet, rising tone.</summary>
    public static byte[] Wav(double seconds, int sampleRate = 8000)
    {
        var count = (int)(seconds * sampleRate);
        var bytes = new byte[44 + 2 * count];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 2 * sampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * count);
        for (var n = 0; n < count; n++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(44 + 2 * n), (short)(3000 * Math.Sin(0.1 * n + 1e-5 * n * n)));
        return bytes;
    }

    /// <summary>The page's form.</summary>
    public static MultipartFormDataContent Form(string? visit, params (string Name, byte[] Bytes)[] songs)
    {
        var form = new MultipartFormDataContent();
        if (visit is not null)
            form.Add(new StringContent(visit), "visit");
        foreach (var (name, bytes) in songs)
            form.Add(new ByteArrayContent(bytes), "song", name);
        return form;
    }
}
