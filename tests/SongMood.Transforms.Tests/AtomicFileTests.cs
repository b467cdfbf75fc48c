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
}
