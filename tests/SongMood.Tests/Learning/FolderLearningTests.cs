using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Learning;

/// <summary>
/// Songs that are sorted into a folder a mood, from their features to a model; they have no lines that an error could name.
/// </summary>
[Collection(nameof(Torch))]
public sealed class FolderLearningTests(TrainedTones tones) : IDisposable
{
    private static readonly MoodLearningOptions Options = new() { Epochs = 2, BatchSize = 4 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Songs_of_folders_are_extracted_measured_and_learnt_from_as_those_of_a_label_file()
    {
        var songs = LabelledSongs.FromFolders(Music());
        var features = _folder.File("features.idv");
        Assert.Empty(await new FeatureExtraction(songs, features, Options).RunAsync(cancellation: Cancellation));
        Assert.True(new FeatureExtraction(songs, features, Options).IsUpToDate);

        var labels = _folder.Write("labels.csv",
            "path,mood,artist\n" + string.Concat(songs.Songs.Select(song => $"{song.AudioPath},{song.Mood},{song.Group}\n")));
        var scores = new List<float[]>();
        foreach (var learning in new[]
        {
            new MoodLearning(songs, Options with { FeatureFile = features }), new MoodLearning(LabelledSongs.Read(labels), Options),
        })
        {
            var result = await learning.HoldOutAsync(0.5, cancellation: Cancellation);
            Assert.Equal("no artist on both sides (checked: 4 artists, 2 parts)", result.CheckText[0]);
            Assert.EndsWith("high/artist 0/0.wav", result.NameOf(result.Labels.Songs[0]));
            scores.AddRange(result.Predictions.Probabilities.Select(row => row.ToArray()));
        }
        Assert.Equal(scores[..(scores.Count / 2)], scores[(scores.Count / 2)..]);

        using var model = await new MoodLearning(songs, Options with { FeatureFile = features }).FitAsync(cancellation: Cancellation);
        model.Save(_folder.File("model.zip"));
        using var predictor = MoodPredictor.Load(_folder.File("model.zip"));
        Assert.Equal(["high", "low"], predictor.Moods);
    }

    [Fact]
    public async Task A_song_that_cannot_be_read_is_named_by_its_file()
    {
        var letter = _folder.Write("music/low/letter.mp3", "Dear friend, this is no music.");
        var songs = LabelledSongs.FromFolders(Music());
        var failures = await new FeatureExtraction(songs, _folder.File("features.idv"), Options).RunAsync(cancellation: Cancellation);
        var learning =
            await Assert.ThrowsAsync<LabelledDataException>(() => new MoodLearning(songs, Options).FitAsync(cancellation: Cancellation));
        var evaluation =
            await Assert.ThrowsAsync<LabelledDataException>(() => ModelEvaluation.Open(tones.Model)
            .RunAsync(songs, cancellation: Cancellation));
        foreach (var error in new[] { Assert.Single(failures), learning, evaluation })
        {
            Assert.StartsWith($"{songs.File}: {letter}: ", error.Message);
            Assert.EndsWith(". Mend the file or remove it.", error.Message);
            Assert.Equal((null, null), (error.Line, error.Column));
        }
    }

    [Fact]
    public async Task A_mood_in_another_spelling_is_the_models_own()
    {
        Music();
        Directory.Move(_folder.File("music/high"), _folder.File("music/HIGH"));
        var result = await ModelEvaluation.Open(tones.Model)
            .RunAsync(LabelledSongs.FromFolders(_folder.File("music")), cancellation: Cancellation);
        Assert.Equal((8, 1.0), (result.Metrics.SongCount, result.Metrics.Accuracy));
        Assert.Equal(["high", "low"], result.Moods);
    }

    [Fact]
    public async Task A_mood_that_the_model_does_not_know_names_the_song()
    {
        var song = _folder.Write("music/sombre/one.wav", ToneFiles.Wav(300));
        var songs = LabelledSongs.FromFolders(Music());
        var error =
            await Assert.ThrowsAsync<LabelledDataException>(() => ModelEvaluation.Open(tones.Model)
            .RunAsync(songs, cancellation: Cancellation));
        Assert.Equal($"{songs.File}: {song}: 'sombre' is no mood of {tones.Model}, which knows high, low.", error.Message);
    }

    [Fact]
    public async Task Features_of_other_songs_are_refused_by_the_songs_name()
    {
        var songs = LabelledSongs.FromFolders(Music());
        var features = _folder.File("features.idv");
        Assert.Empty(await new FeatureExtraction(songs, features, Options).RunAsync(cancellation: Cancellation));
        File.Move(_folder.File("music/low/artist 3/3.wav"), _folder.File("music/low/artist 3/4.wav"));
        var learning = new MoodLearning(LabelledSongs.FromFolders(songs.File), Options with { FeatureFile = features });
        var error = await Assert.ThrowsAsync<LearningFileException>(() => learning.PrepareAsync(cancellation: Cancellation));
        Assert.Contains($"{songs.File}: the song is low/artist 3/4.wav there and low/artist 3/3.wav in the feature file", error.Message);
    }

    [Fact]
    public void One_mood_is_refused_without_a_column_that_no_folder_has()
    {
        Music();
        Directory.Delete(_folder.File("music/high"), recursive: true);
        var songs = LabelledSongs.FromFolders(_folder.File("music"), new MoodFoldersOptions { MinimumMoods = 1 });
        Assert.Equal($"{songs.File}: all 4 songs have the mood 'low'; at least 2 different moods are needed. Add songs of other moods.",
            Assert.Throws<LabelledDataException>(() => new MoodLearning(songs, Options)).Message);
    }

    [Fact]
    public void Equal_features_on_both_sides_are_named_by_the_file()
    {
        LabelledSong[] songs =
        [
            new() { AudioPath = "/music/low/a.wav", Mood = "low", Group = "A", Features = [1, 2] },
            new() { AudioPath = "/music/low/b.wav", Mood = "low", Group = "B", Features = [1, 2] },
        ];
        Assert.Equal("/music/low/a.wav", Assert.Single(SplitCheck.Of(songs, [0, 1]).Leaks).Name);
    }

    [Fact]
    public void Stopping_reaches_the_song_that_is_being_read()
    {
        var songs = LabelledSongs.FromFolders(Music());
        var context = new Microsoft.ML.MLContext();
        using var extractor = new FeatureExtractor(FeaturePipeline.Of(context, new LearningRecipe(Options)), songs.File);
        Assert.NotEmpty(extractor.Compute(songs.Songs[0], Cancellation).Features);
        Assert.ThrowsAny<OperationCanceledException>(() => extractor.Compute(songs.Songs[0], new CancellationToken(canceled: true)));
    }

    /// <summary>Four songs of four artists in each of the moods.</summary>
    private string Music()
    {
        foreach (var (mood, hz) in new[] { ("low", 200), ("high", 4000) })
            for (var i = 0; i < 4; i++)
                _folder.Write($"music/{mood}/artist {i}/{i}.wav", ToneFiles.Wav(hz + 20 * i, 1.5, seed: i));
        return _folder.File("music");
    }
}
