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
    public static byte[] Wav(double seconds, int sampleRate = 8000) =>
        Wav16.Of((int)(seconds * sampleRate), sampleRate, n => (short)(3000 * Math.Sin(0.1 * n + 1e-5 * n * n)));

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
