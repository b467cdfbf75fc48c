using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Pretrained;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>
/// Tells the mood of songs by a trained model: any ML.NET pipeline that starts from audio (<c>LoadAudio</c>) and ends in a classifier.
/// It may be used by several threads at once, and needs ONNX Runtime but no libtorch.
/// </summary>
public sealed class MoodPredictor : IDisposable
{
    private readonly MoodModel _model;
    private readonly ConcurrentBag<SongScorer> _scorers = [];
    private readonly SharedUse _use;

    private readonly MoodPredictorOptions _options;

    private MoodPredictor(MoodModel model, MoodPredictorOptions options)
    {
        (_model, _options) = (model, options);
        _scorers.Add(new SongScorer(model, options)); // a model whose steps cannot run is refused now
        _use = new SharedUse(Free);
    }

    /// <summary>The moods that the model tells apart, in the order of its scores.</summary>
    public IReadOnlyList<string> Moods => _model.Moods;

    /// <summary>Loads the model that comes with SongMood: happy, sad, energetic or calm (docs/model-card.md).</summary>
    /// <param name="options">What the predictor takes; null for the defaults.</param>
    /// <exception cref="MoodModelException">This build of SongMood carries no model.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static MoodPredictor LoadPretrained(MoodPredictorOptions? options = null)
    {
        using var stream = PretrainedModel.Open();
        return Load(stream, "the pretrained model", options);
    }

    /// <summary>Loads a model zip.</summary>
    /// <param name="modelPath">A zip written by <c>songmood train</c> or <c>mlContext.Model.Save</c>.</param>
    /// <param name="options">What the predictor takes; null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">
    /// It is no model, no model that tells moods from audio alone, or asks for more than models have reason to (docs/model-format.md).
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static MoodPredictor Load(string modelPath, MoodPredictorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        if (!File.Exists(modelPath))
            throw new FileNotFoundException($"There is no model file {modelPath}.", modelPath);
        using var stream = File.OpenRead(modelPath);
        return Load(stream, modelPath, options);
    }

    /// <summary>Loads a model zip.</summary>
    /// <param name="model">The zip's bytes; the stream can seek and stays open.</param>
    /// <param name="options">What the predictor takes; null for the defaults.</param>
    /// <exception cref="MoodModelException">
    /// It is no model, no model that tells moods from audio alone, or asks for more than models have reason to (docs/model-format.md).
    /// </exception>
    /// <exception cref="ArgumentException">The stream cannot seek, or an option is out of range.</exception>
    public static MoodPredictor Load(Stream model, MoodPredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.CanSeek)
            throw new ArgumentException("The stream cannot seek, which reading a zip needs: copy it to a MemoryStream.", nameof(model));
        return Load(model, "the stream", options);
    }

    /// <summary>The mood of an audio file.</summary>
    /// <param name="audioPath">An MP3 or WAV file; what it is, its content says.</param>
    /// <inheritdoc cref="Predict(Stream)" path="/remarks|/exception"/>
    public MoodPrediction Predict(string audioPath) => Predict(audioPath, CancellationToken.None);

    /// <summary>The mood of an audio file in memory.</summary>
    /// <param name="audio">The bytes of an MP3 or WAV file.</param>
    /// <inheritdoc cref="Predict(Stream)" path="/remarks|/exception"/>
    public MoodPrediction Predict(ReadOnlyMemory<byte> audio) => Predict(audio, default);

    /// <summary>The mood of an audio file that is a stream.</summary>
    /// <param name="audio">A readable stream, which need not be able to seek; it is read to its end and stays open.</param>
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
    public MoodPrediction Predict(Stream audio)
    {
        ArgumentNullException.ThrowIfNull(audio);
        return audio.CanRead ? Predict(audio, default) : throw new ArgumentException("the stream cannot be read", nameof(audio));
    }

    /// <summary>The mood of decoded audio.</summary>
    /// <param name="waveform">The samples, at any rate and of any number of channels.</param>
    /// <inheritdoc cref="Predict(Stream)" path="/remarks|/exception"/>
    public MoodPrediction Predict(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        return Predict(scorer => scorer.Part(waveform), default);
    }

    /// <summary>The mood of an audio file, told on a thread of the pool.</summary>
    /// <param name="audioPath">An MP3 or WAV file; what it is, its content says.</param>
    /// <param name="cancellationToken">Ends reading, also within a song.</param>
    /// <inheritdoc cref="PredictAsync(Stream, CancellationToken)" path="/exception"/>
    public Task<MoodPrediction> PredictAsync(string audioPath, CancellationToken cancellationToken = default) =>
        Task.Run(() => Predict(audioPath, cancellationToken), cancellationToken);

    /// <summary>
    /// The mood of an audio file that is a stream, such as the body of a web request: it is read asynchronously only. The mood is told on a
    /// thread of the pool.
    /// </summary>
    /// <param name="audio">A readable stream, which need not be able to seek; it is read to its end, 512 MiB at most, and stays
    /// open.</param>
    /// <param name="cancellationToken">Ends reading, also within a song.</param>
    /// <inheritdoc cref="Predict(Stream)" path="/exception"/>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<MoodPrediction> PredictAsync(Stream audio, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(audio);
        var bytes = await InputBytes.FromStreamAsync(audio, new AudioReadOptions { CancellationToken = cancellationToken })
            .ConfigureAwait(false);
        return await Task.Run(() => Predict(bytes, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Frees the model. Predictions that are under way end as they would have, the last of them frees it; later ones are refused with an
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _use.Dispose();

    private void Free()
    {
        while (_scorers.TryTake(out var scorer))
            scorer.Dispose();
        _model.Dispose();
    }

    private static MoodPredictor Load(Stream stream, string name, MoodPredictorOptions? options)
    {
        options ??= new MoodPredictorOptions();
        options.Validate();
        var model = MoodModel.Load(new MLContext(), stream, name);
        return ModelFile.Guard(name, () => new MoodPredictor(model, options));
    }

    internal MoodPrediction Predict(string audioPath, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(audioPath);
        return InputBytes.InFile(audioPath, () =>
        {
            using var stream = InputBytes.Open(audioPath);
            return Predict(stream, cancellation);
        });
    }

    private MoodPrediction Predict(ReadOnlyMemory<byte> audio, CancellationToken cancellation)
    {
        // A stream over the bytes where they are an array, which nearly all are.
        var bytes = MemoryMarshal.TryGetArray(audio, out var array) ? array : new ArraySegment<byte>(audio.ToArray());
        return Predict(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), cancellation);
    }

    private MoodPrediction Predict(Stream audio, CancellationToken cancellation) =>
        Predict(scorer => AudioFile.Open(audio, scorer.ReadOptions(cancellation)), cancellation);

    private MoodPrediction Predict(Func<SongScorer, SampleStream> open, CancellationToken cancellation)
    {
        using var use = _use.Begin(this);
        if (!_scorers.TryTake(out var scorer))
            scorer = new SongScorer(_model, _options);
        try
        {
            var song = open(scorer);
            RequireLength(TimeSpan.FromSeconds((double)song.SampleCount / song.SampleRate));
            var check = new SoundCheck();
            var heard = new HeardStream(song, check);
            var scores = scorer.Score(heard, cancellation);
            heard.HearRest();
            return MoodPrediction.Of(Moods, scores) with
            {
                DamagedFrameCount = check.DamagedFrameCount,
                Remarks = check.Remarks(),
            };
        }
        finally
        {
            _scorers.Add(scorer);
        }
    }

    private void RequireLength(TimeSpan length)
    {
        if (length > _options.MaximumDuration)
            throw new AudioFormatException($"the audio lasts {length}, the limit is {_options.MaximumDuration}; raise "
                + $"{nameof(MoodPredictorOptions)}.{nameof(MoodPredictorOptions.MaximumDuration)} ('songmood predict --max-hours'), "
                + "or take a part of it");
    }
}
