using SongMood.Audio;

namespace SongMood.Catalogue;

/// <summary>A file as it was when it was heard: a song is done again where this has changed.</summary>
/// <param name="Bytes">Its length; null where there is no such file.</param>
/// <param name="Modified">When it was last written (UTC); null where there is no such file.</param>
internal readonly record struct FileState(long? Bytes, DateTime? Modified)
{
    public static FileState Of(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return new FileState(file.Length, file.LastWriteTimeUtc);
        using var named = NamesOfBytes.TryOpen(path);
        return named is { CanSeek: true } // a pipe has no length
            ? new FileState(named.Length, File.GetLastWriteTimeUtc(named.SafeFileHandle)) : default;
    }
}
