using System.Diagnostics;
using SongMood.Catalogue;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Similarity;
using SongMood.Tests.Trainers;
using SongMood.TestSupport;
using SongMood.Trainers;

namespace SongMood.Tests;

/// <summary>Pipes and devices in the place of models, labels, lists and indexes, not of songs alone: none is waited for.</summary>
[Collection(nameof(Torch))]
public sealed class PipesForFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PipesForFilesTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");

    public static TheoryData<string> Names => ["pipe", "/dev/zero"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task They_are_refused_and_named(string name)
    {
        using (var make = Process.Start("mkfifo", [_folder.File("pipe")])!)
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder.Path, name);
        Assert.True(File.Exists(path));
        await RefusedAsync<MoodModelException>(() => MoodPredictor.Load(path));
        await RefusedAsync<MoodModelException>(() => ModelDescription.Read(path));
        await RefusedAsync<MoodModelException>(() => EnsembleMember.FromFile(path));
        await RefusedAsync<MoodModelException>(() => NumericModel.TryOpen(path));
        await RefusedAsync<LabelledDataException>(() => LabelledSongs.Read(path));
        await RefusedAsync<InvalidDataException>(() => SongIndex.Load(path));
        await RefusedAsync<CatalogueException>(() => SongList.Read(path).ToArray());
        await RefusedAsync<CatalogueException>(() => CatalogueFile.OpenAsync(path).GetAwaiter().GetResult());

        async Task RefusedAsync<T>(Func<object?> read)
            where T : Exception
        {
            var reading = Task.Run(read, TestContext.Current.CancellationToken);
            var error = await Assert.ThrowsAsync<T>(
                () => reading.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
            Assert.Contains($"{path}: this is {(name == "pipe" ? "a named pipe (FIFO)" : "a device")}", error.Message);
        }
    }
}
