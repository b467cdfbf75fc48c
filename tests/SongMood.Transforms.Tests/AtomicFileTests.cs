namespace SongMood.Transforms.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_there_whole_or_not_at_all()
    {
        var path = _folder.File("new/folder/file.txt");
        AtomicFile.Write(path, stream => stream.Write("first"u8));
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("sec"u8);
            Assert.Equal("first", File.ReadAllText(path));
            throw new InvalidOperationException();
        }));
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.CheckWritable(_folder.File("none/file.txt")));
        Assert.False(Directory.Exists(_folder.File("none")));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => AtomicFile.CheckWritable(_folder.Path)).Message);
    }

    /// <summary>A person knows nothing of the temporary name.</summary>
    [Fact]
    public void Where_nothing_can_be_written_the_file_is_named_and_what_to_do()
    {
        Assert.SkipUnless(Directory.Exists("/sys"), "There is no folder here in which nobody may make files.");
        Named(Assert.ThrowsAny<Exception>(() => AtomicFile.CheckWritable("/sys/moods.csv")));
        Named(Assert.ThrowsAny<Exception>(() => AtomicFile.Write("/sys/moods.csv", _ => { })));

        static void Named(Exception error)
        {
            Assert.True(error is IOException or UnauthorizedAccessException, $"{error}");
            Assert.StartsWith("/sys/moods.csv cannot be written: ", error.Message);
            Assert.EndsWith(". Make room in its folder, make the folder writable, or name a file elsewhere.", error.Message);
            Assert.DoesNotContain(".tmp", error.Message);
        }
    }

    /// <summary>The temporary name is longer than the file's.</summary>
    [Theory]
    [InlineData("m", 218)]
    [InlineData("m", 219)]
    [InlineData("m", 255)]
    [InlineData("é", 127)]
    [InlineData("𝅘𝅥", 31)]
    public void A_long_name_that_can_be_is_written(string letter, int count)
    {
        var name = string.Concat(Enumerable.Repeat(letter, count));
        var path = _folder.File(name);
        AtomicFile.Write(path, stream => stream.Write("old"u8));
        AtomicFile.Write(path, stream =>
        {
            var being = Assert.Single(Directory.GetFiles(_folder.Path, "*.tmp"));
            var remains = being[..^"00000000000000000000000000000000.tmp".Length] + $"{Guid.NewGuid():N}.tmp";
            File.WriteAllText(remains, "half");
            AtomicFile.CheckWritable(path);
            Assert.False(File.Exists(remains));
            stream.Write("whole"u8);
        });
        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_name_that_cannot_be_is_found_out_before_anything_is_written()
    {
        var path = _folder.File(new string('m', 256));
        var error = Assert.ThrowsAny<IOException>(() => AtomicFile.CheckWritable(path));
        Assert.StartsWith($"{path} cannot be written: ", error.Message);
        Assert.EndsWith(". Give it a shorter name.", error.Message);
        Assert.DoesNotContain(".tmp", error.Message);
    }

    /// <summary>A name may have what a pattern takes for others.</summary>
    [Fact]
    public void What_is_left_of_a_file_with_signs_of_patterns_is_its_own()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no file has such a name");
        var others = _folder.Write($"a.{Guid.NewGuid():N}.tmp", "half");
        var remains = _folder.Write($"a*?*.{Guid.NewGuid():N}.tmp", "half");
        AtomicFile.CheckWritable(_folder.File("a*?*"));
        Assert.Equal([others], Directory.GetFiles(_folder.Path));
        Assert.False(File.Exists(remains));
    }

    /// <summary>A killed process cannot take away its own; the next that writes the same file does.</summary>
    [Fact]
    public void What_killed_processes_left_is_taken_away_and_what_is_being_written_is_not()
    {
        var path = _folder.File("file.txt");
        var remains = _folder.Write($"file.txt.{Guid.NewGuid():N}.tmp", "half");
        string[] others =
        [
            _folder.Write("file.txt.mine.tmp", ""), _folder.Write($"other.txt.{Guid.NewGuid():N}.tmp", ""),
            _folder.Write($"file.txt.{Guid.NewGuid():N}", ""),
        ];
        AtomicFile.Write(path, stream =>
        {
            stream.Write("whole"u8);
            Assert.True(File.Exists(remains));
            AtomicFile.CheckWritable(path);
            Assert.False(File.Exists(remains));
        });
        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal([path, .. others.Order(StringComparer.Ordinal)],
            Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }
}
