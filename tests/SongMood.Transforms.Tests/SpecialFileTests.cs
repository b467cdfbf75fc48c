using System.Diagnostics;
using SongMood.Audio;

namespace SongMood.Transforms.Tests;

/// <summary>Names that are no files, and names that .NET cannot say: neither holds a run up, and both are told.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("songmood-test-").FullName;

    public SpecialFileTests() => Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no such names");

    public void Dispose() => Shell($"rm -r '{_folder}'"); // which .NET cannot where a name is not UTF-8

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_is_refused_and_not_waited_for()
    {
        Shell("mkfifo pipe.mp3; ln -s pipe.mp3 link.mp3; ln -s /dev/zero zero.wav; : > empty.mp3; ln -s nowhere.mp3 lost.mp3");
        foreach (var (name, says) in new[] { ("pipe.mp3", "a named pipe (FIFO)"), ("link.mp3", "a named pipe (FIFO)"),
            ("zero.wav", "a device") })
        {
            Assert.True(File.Exists(Path.Combine(_folder, name)));
            var reading = Task.Run(() => AudioFile.Read(Path.Combine(_folder, name)), TestContext.Current.CancellationToken);
            var error =
                await Assert.ThrowsAsync<AudioFormatException>(
                () => reading.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
            Assert.Contains(says, error.Message);
            Assert.Contains(name, error.Message);
        }
        Assert.Null(SpecialFile.Describe(Path.Combine(_folder, "empty.mp3")));
        Assert.Null(SpecialFile.Describe(Path.Combine(_folder, "lost.mp3")));
        Assert.Null(SpecialFile.Describe(_folder));
    }

    [Fact]
    public void A_folder_tells_pipes_and_devices_from_songs()
    {
        Shell("mkdir deep; mkfifo deep/pipe.mp3; ln -s /dev/zero zero.wav; : > song.mp3; mkfifo other");
        var folder = AudioFolder.Open(_folder);
        Assert.Equal(["song.mp3"], folder.Files.Select(Path.GetFileName));
        Assert.Equal(["pipe.mp3", "zero.wav"], folder.PipesAndDevices.Select(Path.GetFileName));
        Assert.Empty(folder.UnreadableFolders);
    }

    [Fact]
    public void Names_that_are_not_utf8_are_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no such names");
        Shell("mkdir $'fold\\xe9'; : > $'fold\\xe9/in.mp3'; : > $'song\\xe9.mp3'; : > good.mp3; mkdir $'right\\xef\\xbf\\xbd'; : > "
            + "$'right\\xef\\xbf\\xbd/there.mp3'");
        var folder = AudioFolder.Open(_folder);
        Assert.Equal(["good.mp3", "song\uFFFD.mp3", "there.mp3"], folder.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["fold\uFFFD"], folder.UnreadableFolders.Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_whose_name_is_not_utf8_is_read_where_one_name_can_be_meant()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no such names");
        var song = Path.Combine(TestSupport.TestData.RepositoryRoot, "samples", "audio", "calm-1.mp3");
        var expected = AudioFile.Read(song).Channel(0).ToArray();
        Shell($"mkdir $'d\\xe9'; cp '{song}' $'s\\xe9.mp3'; cp '{song}' $'d\\xe9/in.mp3'; cp '{song}' $'x\\xe8.mp3'; : > $'x\\xe9.mp3'");
        foreach (var name in new[] { "s\uFFFD.mp3", Path.Combine("d\uFFFD", "in.mp3") })
        {
            var path = Path.Combine(_folder, name);
            Assert.False(File.Exists(path)); // .NET finds none by this name
            Assert.Equal(expected, AudioFile.Read(path).Channel(0));
            Assert.Equal(expected.Length, AudioFile.ReadPieces(path, TimeSpan.FromSeconds(1)).Sum(piece => piece.SampleCount));
            Assert.Equal("MP3", AudioFile.Probe(path).Format);
        }
        foreach (var name in new[] { "x\uFFFD.mp3", "none\uFFFD.mp3", "d\uFFFD" }) // two are shown so; none; a folder
        {
            var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(Path.Combine(_folder, name)));
            Assert.Contains(name, error.Message);
        }
        var twice = Path.Combine(_folder, "x\uFFFD.mp3");
        Assert.Contains("not UTF-8", Assert.Throws<AudioFormatException>(() => AudioFile.Read(twice)).Message);
    }

    private void Shell(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-ec", script]) { WorkingDirectory = _folder })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
