using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.ML;
using SongMood.Audio;
using SongMood.Pretrained;
using SongMood.Scoring;

namespace SongMood.Prediction;

/// <summary>
/// Tells the mood of songs by a trained model: any ML.NET pipeline that starts from audio (<c>LoadAudio</c>) and ends in a classifier.
/// It may be used by several threads at once, and needs ONNX Runtime but no libtorch.
/// </summary>
/// <example><code>
/// using var predictor = MoodPredictor.LoadPretrained(); // or Load("moods.zip")
/// var prediction = predictor.Predict("song.mp3");
/// Console.WriteLine($"{prediction.Mood} {prediction.Scores[prediction.Mood]:P0}");
/// await foreach (var song in predictor.PredictManyAsync(AudioFolder.Open("music").Files))
///     Console.WriteLine($"{song.Song}: {song.Prediction?.Mood ?? song.Error!.Message}");
/// </code></example>
public sealed class MoodPredictor : IDisposable
{
    private readonly MoodModel _model;
    private readonly MoodPredictorOptions _options;
    private readonly ConcurrentBag<SongScorer> _scorers = [];
    private readonly SharedUse _use;
    private readonly Lazy<string> _id;

    private MoodPredictor(MoodModel model, Lazy<string> id, MoodPredictorOptions options)
    {
        (_model, _id, _options) = (model, id, options);
        _scorers.Add(new SongScorer(model, options)); // a model whose steps cannot run is refused now
        _use = new SharedUse(Free);
    }

    /// <summary>The moods that the model tells apart, in the order of its scores.</summary>
    public IReadOnlyList<string> Moods => _model.Moods;

    /// <summary>
    /// Below which score the model is unsure, and what that is worth; null where the model does not say, as those of earlier versions and
    /// of other makers do not.
    /// </summary>
    public PredictionConfidence? Confidence => _model.Notes.Confidence;

    /// <summary>
    /// Which model this is: the SHA-256 hash of its file, in hexadecimal. Embeddings of one model can be compared; those of two mean
    /// different things.
    /// </summary>
    public string ModelId => _id.Value;

    /// <summary>Numbers of a <see cref="MoodPrediction.Embedding"/>; 0 where the model gives none.</summary>
    public int EmbeddingSize => _model.EmbeddingSize;

    /// <summary>Loads the model that comes with SongMood: happy, sad, energetic or calm (docs/model-card.md).</summary>
    /// <param name="options">What the predictor takes and tells; null for the defaults.</param>
    /// <exception cref="MoodModelException">This build of SongMood carries no model.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static MoodPredictor LoadPretrained(MoodPredictorOptions? options = null)
    {
        using var stream = PretrainedModel.Open();
        // Most never ask, and hashing brings 6 MB of a library for cryptography into the process.
        var id = new Lazy<string>(() =>
        {
            using var again = PretrainedModel.Open();
            return HashOf(again);
        });
        return Load(stream, "the pretrained model", id, options);
    }

    /// <summary>Loads a model zip.</summary>
    /// <param name="modelPath">A zip written by <c>songmood train</c> or <c>mlContext.Model.Save</c>.</param>
    /// <param name="options">What the predictor takes and tells; null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">
    /// It is no model, no model that tells moods from audio alone, or asks for more than models have reason to (docs/model-format.md).
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static MoodPredictor Load(string modelPath, MoodPredictorOptions? options = null)
    {
        using var stream = ModelFile.Open(modelPath);
        return Load(stream, modelPath, id: null, options);
    }

    /// <summary>Loads a model zip.</summary>
    /// <param name="model">The zip's bytes; the stream can seek and stays open.</param>
    /// <param name="options">What the predictor takes and tells; null for the defaults.</param>
    /// <exception cref="MoodModelException">
    /// It is no model, no model that tells moods from audio alone, or asks for more than models have reason to (docs/model-format.md).
    /// </exception>
    /// <exception cref="ArgumentException">The stream cannot seek, or an option is out of range.</exception>
    public static MoodPredictor Load(Stream model, MoodPredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.CanSeek)
            throw new ArgumentException("The stream cannot seek, which reading a zip needs: copy it to a MemoryStream.", nameof(model));
        return Load(model, "the stream", id: null, options);
    }

    /// <summary>The mood of a song.</summary>
    /// <param name="song">A path, the bytes of a file, a stream (which is read to its end and stays open) or decoded samples. What a file
    /// is, its content says.</param>
    /// <param name="cancellationToken">Ends reading, also within a song.</param>
    /// <remarks>
    /// Audio of more than 10 minutes is heard in pieces of 10 minutes, a last one of less than half a minute with the one before; each
    /// score is then the mean over the pieces, weighted by their lengths. Memory stays that of some 10 minutes.
    /// </remarks>
    /// <exception cref="AudioFormatException">
    /// There is no audio that can be read (a missing file included), or none that a mood can be told of: it is too short for the model,
    /// longer than <see cref="MoodPredictorOptions.MaximumDuration"/>, or its samples are no numbers or immensely large.
    /// </exception>
    /// <exception cref="ArgumentException">A stream cannot be read, or a path is empty.</exception>
    /// <exception cref="MoodModelException">The model fails when it runs, as a damaged one may.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed of.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MoodPrediction Predict(SongSource song, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(song);
        return Hear(song, timeline: null, cancellationToken).Prediction;
    }

    /// <summary>
    /// The mood of a song, told on a thread of the pool. A stream, such as the body of a web request, is read asynchronously only, 512 MiB
    /// of it at most.
    /// </summary>
    /// <inheritdoc cref="Predict(SongSource, CancellationToken)" path="/param|/remarks|/exception"/>
    public async Task<MoodPrediction> PredictAsync(SongSource song, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(song);
        var ready = await song.BufferAsync(cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Predict(ready, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The mood of a song over time, from one decoding and one pass over it. It takes hardly longer than the mood alone by a model that
    /// hears patches, such as the pretrained one; other models hear each window anew. Memory stays that of some 10 minutes, and about 1 MB
    /// for each hour.
    /// </summary>
    /// <param name="song">As for <see cref="Predict(SongSource, CancellationToken)"/>. All of it is heard, also where the model takes a
    /// part.</param>
    /// <param name="options">The windows and sections; null for the defaults.</param>
    /// <param name="cancellationToken">Ends reading, also within a song.</param>
    /// <inheritdoc cref="Predict(SongSource, CancellationToken)" path="/exception"/>
    public MoodTimeline PredictTimeline(SongSource song, TimelineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(song);
        options ??= new TimelineOptions();
        options.Validate();
        var (prediction, windows) = Hear(song, options, cancellationToken);
        var smoothed = TimelineSections.Smooth(windows, options.Smoothing.TotalSeconds);
        var sections = TimelineSections.Find(smoothed, prediction.Duration.TotalSeconds, options.MinimumSection.TotalSeconds);
        return new MoodTimeline(prediction, [.. smoothed.Select(window => Span(window.StartSeconds, window.EndSeconds, window.Scores))],
            [.. sections.Select(section =>
                Span(section.StartSeconds, section.EndSeconds, section.Scores) with { Mood = Moods[section.Mood] })]);

        MoodSpan Span(double start, double end, float[] scores)
        {
            var said = MoodPrediction.Of(Moods, scores);
            return new MoodSpan(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), said.Mood, said.Scores);
        }
    }

    /// <summary>
    /// The mood of a song over time, told on a thread of the pool. A stream is read asynchronously only, 512 MiB of it at most.
    /// </summary>
    /// <inheritdoc cref="PredictTimeline" path="/param|/exception"/>
    public async Task<MoodTimeline> PredictTimelineAsync(
        SongSource song, TimelineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(song);
        var ready = await song.BufferAsync(cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => PredictTimeline(ready, options, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Which groups of features spoke for a song's mood and which against it. Each group is left as it usually is, and the mood's score
    /// compared: of a model of descriptors, a group (<see cref="Dsp.Descriptors.DescriptorGroups"/>) at its medians over the songs that it
    /// was trained on; of one that hears a mel spectrogram, a range of it (low bass, bass, middle, presence, treble: to about 400, 1100,
    /// 2700, 6000 and 11,025 Hz with the default options) with each band at its median over the song, so that nothing happens there. The
    /// changes need not add up: groups say the same in part. It takes as long as some more predictions.
    /// </summary>
    /// <param name="song">As for <see cref="Predict(SongSource, CancellationToken)"/>; the first 10 minutes of it are heard.</param>
    /// <param name="cancellationToken">Ends reading, also within a song.</param>
    /// <returns>The mood with its parts, of which there are none where the model cannot be taken apart (<see cref="MoodExplanation"/> says
    /// when).</returns>
    /// <inheritdoc cref="Predict(SongSource, CancellationToken)" path="/exception"/>
    public MoodExplanation Explain(SongSource song, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(song);
        return WithScorer(scorer => song.Use(scorer.ReadOptions(whole: false, cancellationToken), samples =>
        {
            RequireLength(DurationOf(samples));
            return scorer.Explain(samples);
        }));
    }

    /// <summary>
    /// The moods of many songs, several at once, in the songs' order, each as soon as it and those before it are known. A song that cannot
    /// be read is a result with an error, and the others go on. The songs are asked for a few at a time, so that there may be any number;
    /// what asking for them throws comes after the results of the songs before. Streams are read asynchronously only, 512 MiB of each at
    /// most.
    /// </summary>
    /// <param name="songs">The songs.</param>
    /// <param name="options">How many at once, and who is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends reading, also within songs.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IAsyncEnumerable<SongResult> PredictManyAsync(
        IEnumerable<SongSource> songs, PredictManyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(songs);
        options ??= new PredictManyOptions();
        options.Validate();
        return PredictMany(songs, options, cancellationToken);
    }

    /// <inheritdoc cref="PredictManyAsync(IEnumerable{SongSource}, PredictManyOptions?, CancellationToken)"
    /// path="/summary|/exception|/remarks|/returns"/>
    /// <param name="paths">Audio files.</param>
    /// <param name="options">How many at once, and who is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends reading, also within songs.</param>
    public IAsyncEnumerable<SongResult> PredictManyAsync(
        IEnumerable<string> paths, PredictManyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return PredictManyAsync(paths.Select(path => (SongSource)path), options, cancellationToken);
    }

    /// <summary>
    /// Frees the model. Predictions that are under way end as they would have, the last of them frees it; later ones are refused with an
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _use.Dispose();

    /// <summary>Such as "tells apart calm, energetic, happy, sad".</summary>
    public override string ToString() => $"tells apart {string.Join(", ", Moods)}";

    private static MoodPredictor Load(Stream stream, string name, Lazy<string>? id, MoodPredictorOptions? options)
    {
        options ??= new MoodPredictorOptions();
        options.Validate();
        var model = SessionCores.Limit(options.CoresPerSong, () => MoodModel.Load(new MLContext(), stream, name));
        return ModelFile.Guard(name, () => new MoodPredictor(model, id ?? new Lazy<string>(HashOf(stream)), options));
    }

    private static string HashOf(Stream zip)
    {
        zip.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(zip));
    }

    private void Free()
    {
        while (_scorers.TryTake(out var scorer))
            scorer.Dispose();
        _model.Dispose();
    }

    private async IAsyncEnumerable<SongResult> PredictMany(
        IEnumerable<SongSource> songs, PredictManyOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = 0;
        await foreach (var result in OrderedParallel.SelectTasksAsync(
            songs, (song, stop) => TryPredictAsync(song, options, stop), options.Threads ?? Environment.ProcessorCount, cancellation)
            .ConfigureAwait(false))
        {
            options.Progress?.Report(++done);
            yield return result;
        }
    }

    private async Task<SongResult> TryPredictAsync(SongSource? song, PredictManyOptions options, CancellationToken cancellation)
    {
        song ??= ""; // which is an error of its own
        try
        {
            var ready = await song.BufferAsync(cancellation).ConfigureAwait(false);
            var timeline = options.Timeline is null ? null : PredictTimeline(ready, options.Timeline, cancellation);
            return new SongResult(song) { Prediction = timeline?.Song ?? Predict(ready, cancellation), Timeline = timeline };
        }
        // A stream may be cancelled by others than who asked, such as a download that took too long: this is the song's error.
        catch (Exception error) when (error is not OutOfMemoryException
            && !(error is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            return new SongResult(song) { Error = error };
        }
    }

    private (MoodPrediction Prediction, IReadOnlyList<WindowScores> Windows) Hear(
        SongSource song, TimelineOptions? timeline, CancellationToken cancellation)
    {
        using var telemetry = new SongTelemetry(song);
        try
        {
            return WithScorer(scorer => song.Use(scorer.ReadOptions(whole: timeline is not null, cancellation),
                samples => Hear(scorer, samples, timeline, telemetry, cancellation)));
        }
        catch (Exception error) when (telemetry.Failed(error))
        {
            throw;
        }
    }

    private T WithScorer<T>(Func<SongScorer, T> work)
    {
        using var use = _use.Begin(this);
        if (!_scorers.TryTake(out var scorer))
            scorer = new SongScorer(_model, _options);
        try
        {
            return work(scorer);
        }
        finally
        {
            _scorers.Add(scorer);
        }
    }

    private (MoodPrediction Prediction, IReadOnlyList<WindowScores> Windows) Hear(
        SongScorer scorer, SampleStream song, TimelineOptions? timeline, SongTelemetry telemetry, CancellationToken cancellation)
    {
        telemetry.Opened();
        var duration = DurationOf(song);
        RequireLength(duration);
        var (heard, check) = scorer.Listen(song);
        var said = scorer.Score(heard, timeline, cancellation);
        heard.HearRest();
        var prediction = MoodPrediction.Of(Moods, said.Scores);
        prediction = prediction with
        {
            IsUnsure = (_options.UnsureBelow ?? Confidence?.Threshold) is { } least ? prediction.Scores[prediction.Mood] < least : null,
            Embedding = said.Embedding,
            ModelId = _id,
            Features = said.Features,
            Duration = duration,
            DamagedFrameCount = check.DamagedFrameCount,
            Remarks = [.. prediction.Remarks, .. check.Remarks()],
        };
        telemetry.Told(prediction, heard.ReadingTicks);
        return (prediction, said.Windows);
    }

    private static TimeSpan DurationOf(SampleStream song) => TimeSpan.FromSeconds((double)song.SampleCount / song.SampleRate);

    private void RequireLength(TimeSpan length)
    {
        if (length > _options.MaximumDuration)
            throw new AudioFormatException($"the audio lasts {length}, the limit is {_options.MaximumDuration}; "
                + MoodPredictorOptions.LongerAdvice);
    }
}
