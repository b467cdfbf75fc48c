using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SongMood.Learning;

/// <summary>
/// The features of songs that are done, while others are not: a folder with a file a song, so that an interrupted run loses nothing.
/// A file's name says which song it is, as it was, and what was computed: where any of it has changed, there is no such file.
/// </summary>
internal sealed class FinishedSongs(string folder, FeaturePipeline pipeline)
{
    private const string Suffix = ".f32"; // the values as they lie in memory: nobody but this machine reads them

    public bool Contains(ExtractedSong song) =>
        new FileInfo(FileOf(song)) is { Exists: true, Length: var length } && length % sizeof(float) == 0
            && pipeline.Accepts(length / sizeof(float));

    public void Add(ExtractedSong song, SongFeatures features)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(FileOf(song), stream =>
        {
            stream.Write(MemoryMarshal.AsBytes(features.Features.AsSpan()));
            stream.Write(MemoryMarshal.AsBytes(features.Mel.AsSpan()));
        });
    }

    public SongFeatures Read(ExtractedSong song) =>
        pipeline.Split(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(FileOf(song))).ToArray());

    public void Remove()
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.GetFiles(folder))
            if (file.EndsWith(Suffix, StringComparison.Ordinal) || file.EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal))
                File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    private string FileOf(ExtractedSong song) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{song.Path}\n{song.FileLength}\n{song.FileModified}\n{pipeline.Fingerprint}")))[..32] + Suffix);
}
