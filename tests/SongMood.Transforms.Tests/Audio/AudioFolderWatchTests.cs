using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

public sealed class AudioFolderWatchTests : IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Defaults()
    {
        var options = new AudioFolderWatchOptions();
        Assert.Equal((Settle, null, true), (options.SettleTime, options.FileNameSuffixes, options.Recurse));
        Assert.Contains("SettleTime", Assert.Throws<ArgumentException>(
            () => AudioFolderWatch.ChangesAsync(["."], new() { SettleTime = TimeSpan.Zero })).Message);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => AudioFolderWatch.ChangesAsync([])).Message);
    }

    [Fact]
    public void A_file_is_given_once_it_has_come_to_rest()
    {
        var files = new SettledFiles(Settle);
        var (old, growing) = (Stamp(100), Stamp(1));
        AssertNothing(Look(0, ("a", old)));
        AssertNothing(Look(1.9, ("a", old)));
        Assert.Equal(["a"], Look(2, ("a", old), ("b", growing)).Ready);
        AssertNothing(Look(3, ("a", old), ("b", growing = Stamp(2))));
        AssertNothing(Look(4.5, ("a", old), ("b", growing = Stamp(3)))); // longer than it takes to settle, and still growing
        AssertNothing(Look(6, ("a", old), ("b", growing)));
        Assert.Equal(["b"], Look(6.5, ("a", old), ("b", growing), ("b", growing)).Ready); // seen in two folders, given once
        AssertNothing(Look(60, ("a", old), ("b", growing)));

        AssertNothing(Look(61, ("a", Stamp(101)), ("b", growing))); // it has changed
        Assert.Equal(["a"], Look(63, ("a", Stamp(101)), ("b", growing)).Ready);
        Assert.Equal(["a"], Look(64, ("b", growing)).Gone);
        AssertNothing(Look(65, ("b", growing)));
        AssertNothing(Look(66, ("a", Stamp(101)), ("b", growing))); // it is back, and must settle again
        Assert.Equal(["a"], Look(68, ("a", Stamp(101)), ("b", growing)).Ready);

        AudioFolderChange Look(double seconds, params (string, FileStamp)[] seen) => files.Look(seen, TimeSpan.FromSeconds(seconds));
        static FileStamp Stamp(long length) => new(length, DateTime.UnixEpoch);
        static void AssertNothing(AudioFolderChange change) => Assert.Empty(change.Ready.Concat(change.Gone));
    }

    /// <summary>A look that takes long, as over a slow network, is followed by a longer rest.</summary>
    [Fact]
    public void Looking_takes_a_small_part_of_the_time()
    {
        Assert.Equal(Settle, AudioFolderWatch.Pause(TimeSpan.FromMilliseconds(1), Settle));
        Assert.Equal(TimeSpan.FromMinutes(1), AudioFolderWatch.Pause(TimeSpan.FromSeconds(3), Settle));
    }

    [Fact]
    public async Task Songs_are_given_as_they_come_and_go()
    {
        var options = new AudioFolderWatchOptions { SettleTime = TimeSpan.FromSeconds(0.2) };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var first = _folder.Write("here.wav", "1");
        _folder.Write("cover.jpg", "2");
        await using var changes = AudioFolderWatch.ChangesAsync([_folder.Path], options, stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.Equal([first], (await Next()).Ready);
        var second = _folder.Write("deeper/new.mp3", "3");
        Assert.Equal([second], (await Next()).Ready);
        File.Move(second, second + "x.mp3");
        var change = await Next();
        Assert.Equal([second], change.Gone);
        Assert.Equal([second + "x.mp3"], (change.Ready.Count > 0 ? change : await Next()).Ready);

        var waiting = changes.MoveNextAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        async Task<AudioFolderChange> Next()
        {
            Assert.True(await changes.MoveNextAsync());
            return changes.Current;
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error()
    {
        var changes = AudioFolderWatch.ChangesAsync([_folder.File("none")], cancellationToken: TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(async () =>
        {
            await foreach (var change in changes)
                Assert.Fail($"{change}");
        });
        Assert.Contains(_folder.File("none"), error.Message);
    }
}
