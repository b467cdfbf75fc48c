namespace SongMood.Learning;

/// <summary>One row of a feature file but for the features: which song, as it was when it was heard.</summary>
/// <param name="Path">Relative to the label file or the folder of moods, with slashes, so that both can move together.</param>
/// <param name="Mood">What a person said about it.</param>
/// <param name="Group">Such as the artist; empty where it is not known.</param>
/// <param name="FileLength">Bytes of the audio file.</param>
/// <param name="FileModified">When it was last written, in ticks of 100 ns (UTC) since the year 1.</param>
internal sealed record ExtractedSong(string Path, string Mood, string Group, long FileLength, long FileModified)
{
    public static ExtractedSong Of(LabelledSongs songs, LabelledSong song)
    {
        var audio = new FileInfo(song.AudioPath!);
        return new ExtractedSong(RelativePath(songs, song), song.Mood, song.Group ?? "", audio.Length, audio.LastWriteTimeUtc.Ticks);
    }

    public static string RelativePath(LabelledSongs songs, LabelledSong song) =>
        System.IO.Path.GetRelativePath(songs.Folder, song.AudioPath!).Replace('\\', '/');
}
