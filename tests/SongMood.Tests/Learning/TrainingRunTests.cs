using Microsoft.ML;
using SongMood.Learning;
using SongMood.Scoring;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Learning;

/// <summary>Training that stops early, is stopped, goes on, and begins where another ended.</summary>
[Collection(nameof(Torch))]
public sealed class TrainingRunTests : IDisposable
{
    private static readonly MoodLearningOptions Options = NumberSongs.Options with { Epochs = 6 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Checkpoints => _folder.File("checkpoints");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 0.0, LearningActivity.Training, 3)]
    [InlineData(1, 0.25, LearningActivity.Training, 3)]
    [InlineData(3, 0.0, LearningActivity.Training, 9)] // in the second of three networks
    [InlineData(1, 0.0, LearningActivity.CrossValidating, 15)] // in the third of five folds for the threshold
    public async Task A_training_that_was_stopped_goes_on_to_the_zip_of_an_unbroken_one(
        int bags, double validation, LearningActivity activity, int stopAfter)
    {
        var songs = NumberSongs.Read(_folder);
        var options = Options with { Bags = bags, ValidationFraction = validation };
        var whole = await SavedAsync(new MoodLearning(songs, options));
        options = options with { CheckpointFolder = Checkpoints };

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var epochs = 0;
        var stopper = new Told
        {
            Then = step =>
            {
                if (step.Activity == activity && step.Epoch is not null && ++epochs == stopAfter)
                    stop.Cancel();
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new MoodLearning(songs, options).FitAsync(stopper, stop.Token));
        Assert.Equal(stopAfter, epochs);

        var told = new Told();
        Assert.Equal(whole, await SavedAsync(new MoodLearning(songs, options), told));
        Assert.Equal(stopAfter, stopper.All.Count(step => step.Activity == activity && step.Epoch is not null));
        var all = (activity == LearningActivity.Training ? bags : 5) * 6;
        // Nothing is trained twice.
        Assert.Equal(all - stopAfter, told.All.Count(step => step.Activity == activity && step.Epoch is not null));
        Assert.Equal(whole, await SavedAsync(new MoodLearning(songs, options))); // nor where all is done
    }

    [Fact]
    public async Task What_was_heard_is_not_heard_again_and_two_networks_have_a_checkpoint_each()
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 8));
        var options = new MoodLearningOptions { Inputs = SongInput.Both, Seconds = 1, Epochs = 2, BatchSize = 4 };
        var whole = await SavedAsync(new MoodLearning(songs, options));
        options = options with { CheckpointFolder = Checkpoints };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var listened = new Told { Then = step => Cancel(stop, step is { Activity: LearningActivity.Listening, StepsDone: 2 }) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new MoodLearning(songs, options).FitAsync(listened, stop.Token));

        using var again = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var trained = new Told { Then = step => Cancel(again, step is { Activity: LearningActivity.Training, StepsDone: 3 }) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new MoodLearning(songs, options).FitAsync(trained, again.Token));
        Assert.InRange(trained.All.Where(step => step.Activity == LearningActivity.Listening).Max(step => step.StepCount), 0, 14); // of 16

        var told = new Told();
        Assert.Equal(whole, await SavedAsync(new MoodLearning(songs, options), told));
        Assert.DoesNotContain(told.All, step => step is { Activity: LearningActivity.Listening, StepsDone: > 0 });
        Assert.Single(told.All, step => step.Epoch is not null); // the last of the second network
        Assert.True(File.Exists(Path.Combine(Checkpoints, "model", "network-1", "checkpoint.bin")));
        Assert.True(File.Exists(Path.Combine(Checkpoints, "model", "network-2", "checkpoint.bin")));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new MoodLearning(songs, options with { Seed = 2 }).FitAsync(cancellation: Cancellation));
        Assert.Contains("is of another training", error.Message);
    }

    [Fact]
    public async Task Training_stops_where_songs_kept_aside_are_no_longer_told_better()
    {
        var songs = NumberSongs.Read(_folder);
        var options = Options with { Epochs = 400, ValidationFraction = 0.3, EarlyStoppingPatience = 4, ConfidenceFolds = 0 };
        var told = new Told();
        using var model = await new MoodLearning(songs, options).FitAsync(told, Cancellation);
        var epochs = told.All.Select(step => step.Epoch).OfType<SongMood.Training.EpochReport>().ToArray();
        Assert.InRange(epochs.Length, 5, 399);
        Assert.Equal((epochs.Length, 400), (model.LastEpoch, model.EpochCount));
        Assert.Equal(4, epochs.Length - epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch);
        var judged = await new MoodLearning(songs, options with { Epochs = 3, EarlyStoppingPatience = null })
            .CrossValidateAsync(2, cancellation: Cancellation);
        Assert.All(judged.Curves.SelectMany(curve => curve), epoch => Assert.NotNull(epoch.ValidationLoss));
        Assert.Equal("0.3", judged.Origin.Settings["validation"]);
    }

    /// <summary>
    /// Each song is there ten times under another name, and its mood is a coin's: what is kept aside can only be told by songs that are one
    /// with it. They share an artist, so that its loss must stay that of a guess.
    /// </summary>
    [Fact]
    public async Task Songs_of_an_artist_are_on_one_side_of_what_is_kept_aside()
    {
        var random = new Random(7);
        var csv = "mood,artist,id,a,b,c\n" + string.Concat(Enumerable.Range(0, 20).SelectMany(artist =>
        {
            var (mood, a, b, c) = (random.Next(2), random.NextDouble(), random.NextDouble(), random.NextDouble());
            return Enumerable.Range(0, 10).Select(copy =>
                FormattableString.Invariant($"mood {mood},artist {artist},{artist}-{copy},{a},{b},{c}\n"));
        }));
        var songs = LabelledSongs.Read(_folder.Write("copies.csv", csv),
            new LabelledSongsOptions { RequireAudio = false, FeatureColumns = ["a", "b", "c"] });
        var told = new Told();
        using (await new MoodLearning(songs, Options with
        {
            Epochs = 40,
            ValidationFraction = 0.3,
            ConfidenceFolds = 0,
            Network = new NetworkChoice { Hidden = [64], Dropout = 0 },
        }).FitAsync(told, Cancellation))
        {
        }
        var last = told.All.Select(step => step.Epoch).OfType<SongMood.Training.EpochReport>().Last();
        Assert.True(last.TrainingAccuracy > 0.95, $"learnt {last.TrainingAccuracy:P0}"); // by heart
        Assert.True(last.ValidationLoss > Math.Log(2), $"loss {last.ValidationLoss} on what nobody can know");
    }

    [Fact]
    public async Task Another_training_begins_with_the_weights_and_the_scaling_of_a_model()
    {
        var songs = NumberSongs.Read(_folder);
        var first = _folder.File("first.zip");
        // Without batch normalisation, whose running means would move with the songs.
        var plain = Options with { Network = new NetworkChoice { Kind = NetworkKind.HardtanhMlp, Hidden = [8] } };
        var before = await SavedAsync(new MoodLearning(songs, plain), path: first);
        // Other numbers of the same moods: a scaling that were fitted on these would see 1 where the first saw 0.
        var csv = _folder.Write("other.csv", "mood,artist,a,b,c\n" + string.Concat(Enumerable.Range(0, 40)
            .Select(i => FormattableString.Invariant($"mood {i % 3},artist {i},{0.5 + i * 0.01},{0.2},{-1 - i * 0.02}\n"))));
        var other = LabelledSongs.Read(csv, new LabelledSongsOptions { RequireAudio = false, FeatureColumns = ["a", "b", "c"] });
        var second = _folder.File("second.zip");
        var still = plain with { Epochs = 1, LearningRate = 1e-30, StartFromModel = first };
        await SavedAsync(new MoodLearning(other, still), path: second);
        Close.Equal(Scores(first, songs), Scores(second, songs), 1e-4f);

        await SavedAsync(new MoodLearning(other, still with { LearningRate = 1e-2, Epochs = 5 }), path: second);
        Assert.NotEqual(Scores(first, songs), Scores(second, songs));
        Assert.Equal(before, File.ReadAllBytes(first));
    }

    [Fact]
    public async Task A_model_that_training_cannot_go_on_from_is_refused_before_songs_are_heard()
    {
        var songs = NumberSongs.Read(_folder);
        var path = _folder.File("first.zip");
        await SavedAsync(new MoodLearning(songs, Options), path: path);
        var following = Options with { StartFromModel = path };
        async Task RefusedAsync<T>(Task<T> work, params string[] says)
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(() => work);
            Assert.True(error is MoodModelException or ArgumentException or IOException, $"{error}");
            Assert.All(says, text => Assert.Contains(text, error.Message));
        }
        await RefusedAsync(new MoodLearning(songs, following).CrossValidateAsync(2, cancellation: Cancellation), "would flatter");
        await RefusedAsync(new MoodLearning(songs, following).HoldOutAsync(0.3, cancellation: Cancellation), "would flatter");
        await RefusedAsync(new MoodLearning(songs, following with { Network = new NetworkChoice { Hidden = [9] } })
            .FitAsync(cancellation: Cancellation), "Use the options that it was trained with");
        await RefusedAsync(new MoodLearning(songs, following with { StartFromModel = _folder.File("none.zip") })
            .FitAsync(cancellation: Cancellation), "There is no model file", "none.zip");
        await RefusedAsync(new MoodLearning(songs, following with { StartFromModel = songs.File }).FitAsync(cancellation: Cancellation),
            "no model that can be used");
        var two = LabelledSongs.Read(_folder.Write("two.csv", "mood,a,b,c\nmood 0,1,2,3\nsad,2,3,4\n"),
            new LabelledSongsOptions { RequireAudio = false, FeatureColumns = ["a", "b", "c"] });
        await RefusedAsync(new MoodLearning(two, following).FitAsync(cancellation: Cancellation),
            "tells mood 0, mood 1, mood 2 apart, and the songs of", "have mood 0, sad");
        var columns = LabelledSongs.Read(songs.File, new LabelledSongsOptions { RequireAudio = false, FeatureColumns = ["a", "c"] });
        await RefusedAsync(new MoodLearning(columns, following).FitAsync(cancellation: Cancellation),
            "was trained on the columns a, b, c; the columns a, c are asked for");
        var bagged = _folder.File("bagged.zip");
        await SavedAsync(new MoodLearning(songs, Options with { Bags = 2, Epochs = 1 }), path: bagged);
        await RefusedAsync(new MoodLearning(songs, following with { StartFromModel = bagged }).FitAsync(cancellation: Cancellation),
            "is not one network that MoodLearning trained");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_training_that_is_cancelled_gives_what_there_is_where_that_is_asked_for(bool keep)
    {
        var songs = NumberSongs.Read(_folder);
        var options = Options with { Epochs = 50, ValidationFraction = 0.2, KeepBestWhenCancelled = keep };
        Task<LearntModel> StoppedAsync(int epoch, CancellationTokenSource stop) => new MoodLearning(songs, options)
            .FitAsync(new Told { Then = step => Cancel(stop, step.Epoch?.Epoch >= epoch || epoch == 0) }, stop.Token);
        using var early = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoppedAsync(0, early)); // there is nothing yet
        using var late = new CancellationTokenSource();
        if (!keep)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoppedAsync(7, late));
            return;
        }
        using var model = await StoppedAsync(7, late);
        Assert.True(model.WasCancelled);
        Assert.Null(model.Confidence);
        model.Save(_folder.File("kept.zip"));
        Assert.Equal(90, Scores(_folder.File("kept.zip"), songs).Length / 3);
        using var whole = await new MoodLearning(songs, options with { Epochs = 2 }).FitAsync(cancellation: Cancellation);
        Assert.False(whole.WasCancelled);
        Assert.NotNull(whole.Confidence);
    }

    [Fact]
    public void All_that_is_wrong_with_how_training_shall_run_is_told_at_once()
    {
        var error = Assert.Throws<MoodLearningException>(() => new MoodLearning(NumberSongs.Read(_folder), Options with
        {
            ValidationFraction = 1,
            EarlyStoppingPatience = 0,
            CheckpointFolder = "",
            StartFromModel = "",
            KeepBestWhenCancelled = true,
            Bags = 2,
            ConfidenceFolds = 3,
            Device = "gpu",
        }));
        foreach (var part in new[]
        {
            "ValidationFraction is 1; expected a share from 0 to below 1", "EarlyStoppingPatience is 0; expected 1 epoch or more",
            "CheckpointFolder is empty", "StartFromModel is empty", "StartFromModel goes on with one network", "may have learnt from them",
            "KeepBestWhenCancelled keeps one network", "Device is gpu, expected \"auto\", \"cpu\"",
        })
            Assert.Contains(part, error.Message);
        Assert.Contains("set ValidationFraction, such as to 0.2",
            Assert.Throws<MoodLearningException>(() => (Options with { EarlyStoppingPatience = 3 }).Validate()).Message);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_refused()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "this machine has CUDA");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new MoodLearning(NumberSongs.Read(_folder), Options with { Device = "cuda:1" }).FitAsync(cancellation: Cancellation));
        Assert.Contains("this process has no CUDA", error.Message);
    }

    private static void Cancel(CancellationTokenSource stop, bool now)
    {
        if (now)
            stop.Cancel();
    }

    private async Task<byte[]> SavedAsync(MoodLearning learning, Told? told = null, string? path = null)
    {
        path ??= _folder.File($"{Guid.NewGuid():N}.zip");
        using var model = await learning.FitAsync(told, Cancellation);
        model.Save(path);
        return await File.ReadAllBytesAsync(path, Cancellation);
    }

    private static float[] Scores(string path, LabelledSongs songs)
    {
        using var model = NumericModel.TryOpen(path)!;
        return [.. model.Score(songs.Songs.Select(song => song.Features)).SelectMany(row => row)];
    }
}
