using SongMood.Learning;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Learning;

[Collection(nameof(Torch))]
public sealed class FeatureExtractionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_and_its_file_gives_what_listening_gives()
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 10));
        var options = new MoodLearningOptions { Seconds = 1, Epochs = 2, BatchSize = 4 };
        var path = _folder.File("features.idv");
        using var stop = new CancellationTokenSource();
        var told = new Told { Then = report => { if (report.StepsDone == 3) stop.Cancel(); } };
        var first = new FeatureExtraction(songs, path, options);
        Assert.Equal((20, 0, false), (first.SongCount, first.DoneBefore, first.IsUpToDate));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.RunAsync(1, told, stop.Token));
        Assert.False(File.Exists(path));

        var second = new FeatureExtraction(songs, path, options);
        Assert.InRange(second.DoneBefore, 3, 12);
        Assert.Equal(second.DoneBefore, first.DoneCount);
        var rest = new Told();
        Assert.Empty(await second.RunAsync(2, rest, Cancellation));
        Assert.Equal(20 - second.SongCount + rest.All[^1].StepCount, rest.All[^1].StepsDone);
        Assert.True(new FeatureExtraction(songs, path, options).IsUpToDate);

        var heard = await new MoodLearning(songs, options).CrossValidateAsync(2, cancellation: Cancellation);
        var read = await new MoodLearning(songs, options with { FeatureFile = path }).CrossValidateAsync(2, cancellation: Cancellation);
        Assert.Equal(heard.Predictions.Probabilities, read.Predictions.Probabilities);
        var misfit = await Assert.ThrowsAsync<LearningFileException>(
            () => new MoodLearning(songs, options with { FeatureFile = path, Seconds = 0.5 }).PrepareAsync(cancellation: Cancellation));
        Assert.Contains("Extract the features again from the same songs with the same Inputs and Seconds", misfit.Message);
    }

    [Fact]
    public async Task Songs_that_cannot_be_read_are_all_named_and_the_others_kept()
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 3));
        foreach (var bad in new[] { 1, 4 })
            File.WriteAllText(songs.Songs[bad].AudioPath!, "no audio");
        var path = _folder.File("features.idv");
        var extraction = new FeatureExtraction(songs, path);
        var failures = await extraction.RunAsync(cancellation: Cancellation);
        Assert.Equal((int?[])[songs.Songs[1].Line, songs.Songs[4].Line], failures.Select(failure => failure.Line));
        Assert.Equal(4, extraction.DoneCount);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task What_cannot_be_extracted_is_refused()
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 1));
        var path = _folder.File("features.idv");
        Assert.Contains("nothing to extract", Assert.Throws<MoodLearningException>(
            () => new FeatureExtraction(songs, path, new MoodLearningOptions { Inputs = SongInput.Columns })).Message);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new FeatureExtraction(songs, path)
            .RunAsync(0, cancellation: Cancellation));
        _folder.Write("features.idv", "something else");
        Assert.Contains("is no feature file that FeatureExtraction wrote",
            Assert.Throws<LearningFileException>(() => new FeatureExtraction(songs, path)).Message);
    }
}
