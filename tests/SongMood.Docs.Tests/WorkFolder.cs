using SongMood.TestSupport;

namespace SongMood.Docs.Tests;

/// <summary>
/// A folder with what the pages speak of, which is the current one until it is disposed of: song.mp3, labels.csv beside its songs, music
/// with a folder for each mood, tracks.csv with numbers, and the pretrained model as moods.zip.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("songmood-docs-").FullName;
    private readonly string _before = Environment.CurrentDirectory;

    public WorkFolder()
    {
        var clips = Path.Combine(TestData.RepositoryRoot, "samples", "audio");
        foreach (var clip in Directory.GetFiles(clips, "*.mp3"))
        {
            var mood = Path.GetFileName(clip).Split('-')[0];
            var folder = Directory.CreateDirectory(Path.Combine(_path, "music", mood)).FullName;
            File.Copy(clip, Path.Combine(folder, Path.GetFileName(clip)));
            File.Copy(clip, Path.Combine(_path, Path.GetFileName(clip)));
        }
        File.Copy(Path.Combine(clips, "labels.csv"), Path.Combine(_path, "labels.csv"));
        File.Copy(Path.Combine(clips, "happy-1.mp3"), Path.Combine(_path, "song.mp3"));
        File.Copy(Path.Combine(TestData.RepositoryRoot, "samples", "Tabular", "songs.csv"), Path.Combine(_path, "tracks.csv"));
        File.Copy(Path.Combine(TestData.RepositoryRoot, "src", "SongMood", "Pretrained", "model.zip"), Path.Combine(_path, "moods.zip"));
        Environment.CurrentDirectory = _path;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_path, recursive: true);
    }
}
