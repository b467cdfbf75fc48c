using System.Text;
using SongMood.Audio;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

public sealed class AudioFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("songmood").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>As a list has it that ends its paths with NUL and was read as lines.</summary>
    [Fact]
    public void A_path_that_no_file_can_have_is_named()
    {
        foreach (var read in new Action<string>[] { path => AudioFile.Read(path), path => AudioFile.Probe(path) })
        {
            var error = Assert.Throws<AudioFormatException>(() => read("a.mp3\0b.mp3"));
            Assert.Equal("a.mp3\0b.mp3", error.File);
            Assert.Contains("NUL", error.Message);
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(_folder, "gone.mp3");
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(path));
        Assert.Equal(path, error.File);
        Assert.Contains("no such file", error.Message);
        Assert.Contains(path, error.Message);
    }

    [Fact]
    public void A_folder_is_no_file() =>
        Assert.Contains("folder", Assert.Throws<AudioFormatException>(() => AudioFile.Read(_folder)).Message);

    [Fact]
    public void An_empty_file_says_so() =>
        Assert.Contains("empty", Assert.Throws<AudioFormatException>(() => AudioFile.Read(Write("empty.mp3", []))).Message);

    [Fact]
    public void Text_renamed_is_no_audio()
    {
        var path = Write("notes.mp3", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("These are notes, not music.", 500))));
        Assert.Equal(path, Assert.Throws<AudioFormatException>(() => AudioFile.Read(path)).File);
    }

    [Fact]
    public void More_bytes_than_the_limit_are_not_read()
    {
        var path = FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3");
        var options = new AudioReadOptions { MaxBytes = 1000 };
        Assert.Contains("MaxBytes", Assert.Throws<AudioFormatException>(() => AudioFile.Read(path, options)).Message);
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(File.ReadAllBytes(path), options));
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(new ForwardOnlyStream(File.ReadAllBytes(path)), options));
    }

    [Fact]
    public void Path_bytes_and_streams_give_the_same_samples()
    {
        foreach (var path in FixtureSignal.AllPaths())
        {
            var bytes = File.ReadAllBytes(path);
            var expected = AudioFile.Read(path).ToMono();
            Assert.Equal(expected, AudioFile.Read(bytes).ToMono());
            Assert.Equal(expected, AudioFile.Read(new MemoryStream(bytes)).ToMono());
            Assert.Equal(expected, AudioFile.Read(new ForwardOnlyStream(bytes)).ToMono());
        }
    }

    [Fact]
    public void The_wrong_options_are_all_named()
    {
        var options = new AudioReadOptions
        {
            Offset = TimeSpan.FromSeconds(-1),
            Duration = TimeSpan.Zero,
            MaxBytes = 0,
            MaxDecodedBytes = 3,
            MaxTagBytes = -1,
            MaxDuration = TimeSpan.Zero,
        };
        var error = Assert.Throws<ArgumentException>(() => AudioFile.Read(new byte[10], options));
        foreach (var name in new[] { "Offset", "Duration", "MaxBytes", "MaxDecodedBytes", "MaxTagBytes", "MaxDuration" })
            Assert.Contains(name, error.Message);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
