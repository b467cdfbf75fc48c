using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Tests.Cli;

namespace SongMood.Tests.Prediction;

/// <summary>
/// Native memory that one thread frees while others use it ends a process without a word: that these tests end at all is what they show.
/// </summary>
public class DisposalTests(TrainedTones tones)
{
    [Fact]
    public void A_predictor_in_use_can_be_disposed_of()
    {
        var song = AudioFile.Read(ToneFiles.Wav(300, seconds: 1));
        int predicted = 0, refused = 0;
        for (var round = 0; round < 8; round++)
        {
            var predictor = MoodPredictor.Load(tones.Model);
            InParallel(() => Assert.Equal("low", predictor.Predict(song).Mood), predictor.Dispose, ref predicted, ref refused);
        }
        Assert.True(predicted >= 8 && refused >= 8, $"{predicted} predicted, {refused} refused");
    }

    [Fact]
    public void A_transformer_in_use_can_be_disposed_of()
    {
        var ml = new MLContext(1);
        var path = Path.Combine(Path.GetDirectoryName(tones.Labels)!, "songs", "low00.wav");
        int scored = 0, refused = 0;
        for (var round = 0; round < 8; round++)
        {
            var model = ml.Model.Load(tones.Model, out _);
            var row = model.Transform(ml.Data.LoadFromEnumerable([new Song { Path = path }]));
            InParallel(() => Assert.Single(row.GetColumn<float[]>("Score")), ((IDisposable)model).Dispose, ref scored, ref refused);
        }
        Assert.True(scored >= 8 && refused >= 8, $"{scored} scored, {refused} refused");
    }

    [Fact]
    public void A_prediction_engine_of_a_transformer_that_is_gone_says_so()
    {
        var ml = new MLContext(1);
        var model = ml.Model.Load(tones.Model, out _);
        var engine = ml.Model.CreatePredictionEngine<Song, Scored>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var song = new Song { Path = Path.Combine(Path.GetDirectoryName(tones.Labels)!, "songs", "low00.wav") };
        Assert.Equal(2, engine.Predict(song).Score.Length);
        ((IDisposable)model).Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Predict(song));
        engine.Dispose();
    }

    [Fact]
    public void Disposing_twice_or_from_many_threads_is_once()
    {
        var predictor = MoodPredictor.Load(tones.Model);
        Parallel.For(0, 16, _ => predictor.Dispose());
        Assert.Throws<ObjectDisposedException>(() => predictor.Predict(AudioFile.Read(ToneFiles.Wav(300))));
    }

    /// <summary>Four threads use a thing until it is refused; it is disposed of when each has used it.</summary>
    private static void InParallel(Action use, Action dispose, ref int used, ref int refused)
    {
        using var started = new CountdownEvent(4);
        int useCount = 0, refusalCount = 0;
        var users = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            for (var first = true; ; first = false)
            {
                try
                {
                    use();
                    Interlocked.Increment(ref useCount);
                }
                catch (Exception e) when (Flatten(e).Any(inner => inner is ObjectDisposedException))
                {
                    Interlocked.Increment(ref refusalCount);
                    return;
                }
                finally
                {
                    if (first)
                        started.Signal();
                }
            }
        }, TaskCreationOptions.LongRunning)).ToArray();
        started.Wait();
        dispose();
        Task.WaitAll(users);
        (used, refused) = (used + useCount, refused + refusalCount);
    }

    private static IEnumerable<Exception> Flatten(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
            yield return inner;
    }

    private sealed class Song
    {
        public string Path { get; set; } = "";

        public string Mood { get; set; } = "";
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
