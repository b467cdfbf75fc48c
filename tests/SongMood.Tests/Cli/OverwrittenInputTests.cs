using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

[Collection(nameof(Torch))]
public sealed class OverwrittenInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Nothing that is read is written over, by whatever command and name.</summary>
    [Fact]
    public async Task What_is_read_is_not_written_over()
    {
        var wav = _folder.Write("song.wav", ToneFiles.Wav(440));
        var link = _folder.File("link.wav");
        File.CreateSymbolicLink(link, wav);
        var labels = _folder.Write("labels.csv", "path,mood\nsong.wav,calm\n");
        string[][] commands =
        [
            ["decode", wav, "-o", wav], ["decode", wav, "-o", Path.Combine(_folder.Path, ".", "song.wav")], ["decode", link, "-o", wav],
            ["decode", wav, "-o", link], ["train", "--data", labels, "--model", labels], ["extract", "--data", labels, "--out", labels],
            ["sweep", "--data", labels, "--out", labels],
            ["evaluate", "--data", labels, "--model", "m.zip", "--json", labels],
        ];
        var (song, text) = (File.ReadAllBytes(wav), File.ReadAllText(labels));
        foreach (var command in commands)
            (await Tool.RunAsync(command)).AssertFailed("is what is read here, and would be lost; name another file to write.");
        Assert.Equal(song, File.ReadAllBytes(wav));
        Assert.Equal(text, File.ReadAllText(labels));
    }
}
