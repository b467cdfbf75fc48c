using SongMood.Tests.Embeddings;
using SongMood.TestSupport;

namespace SongMood.Docs.Tests;

/// <summary>
/// A folder with what the pages speak of, which is the current one until it is disposed of: songs in several formats, labels.csv beside its
/// songs, music with a folder for each mood, tracks.csv with numbers, a model and networks.
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
        var rows = from song in Directory.GetFiles(_path, "*.mp3").Select(song => Path.GetFileName(song)).Order(StringComparer.Ordinal)
                   from copy in new[] { song, $"again-{song}" }
                   select (Song: song, Copy: copy);
        var labels = new List<string> { "path,mood,artist" };
        foreach (var (song, copy) in rows.ToArray())
        {
            if (copy != song)
                File.Copy(Path.Combine(_path, song), Path.Combine(_path, copy));
            labels.Add($"{copy},{song.Split('-')[0]},Artist {labels.Count}");
        }
        File.WriteAllLines(Path.Combine(_path, "labels.csv"), labels);
        Copy("samples/audio/happy-1.mp3", "song.mp3");
        Copy("samples/Tabular/songs.csv", "tracks.csv");
        Copy("src/SongMood/Pretrained/model.zip", "moods.zip");
        Copy("tests/SongMood.Formats.Tests/Fixtures/vorbis-mono.ogg", "song.ogg");
        Copy("tests/SongMood.Formats.Tests/Fixtures/opus-mono.opus", "song.opus");
        Copy("samples/audio/happy-1.mp3", "song.m4a"); // what it is, its content says
        File.WriteAllBytes(Path.Combine(_path, "musicnn.onnx"), SmallNetworks.Dense(frameCount: 187, bandCount: 96));
        File.WriteAllBytes(Path.Combine(_path, "compact.onnx"),
            SmallNetworks.MeanOverFrames(framesFirst: false, frames: 1360, bands: 96, output: "embedding"));
        Environment.CurrentDirectory = _path;
    }

    private void Copy(string file, string name) =>
        File.Copy(Path.Combine(TestData.RepositoryRoot, file), Path.Combine(_path, name));

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_path, recursive: true);
    }
}
