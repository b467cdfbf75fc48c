using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Pretrained;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>
/// Tells the mood of songs by a trained model: any ML.NET pipeline that starts from audio (<c>LoadAudio</c>) and ends in a classifier.
/// It may be used by several threads at once, and needs ONNX Runtime but no libtorch.
/// </summary>
public sealed class MoodPredictor : IDisposable
{
    private readonly MoodModel _model;
    private readonly ConcurrentBag<Scorer> _scorers = [];
    private volatile bool _disposed;

    private MoodPredictor(MoodModel model) => _model = model;

    /// <summary>The moods that the model tells apart, in the order of its scores.</summary>
    public IReadOnlyList<string> Moods => _model.Moods;

    /// <summary>Loads the model that comes with SongMood: happy, sad, energetic or calm (docs/model-card.md).</summary>
    /// <exception cref="MoodModelException">This build of SongMood carries no model.</exception>
    public static MoodPredictor LoadPretrained()
    {
        using var stream = PretrainedModel.Open();
        return Load(stream, "the pretrained model");
    }

    /// <summary>Loads a model zip.</summary>
    /// <param name="modelPath">A zip written by <c>songmood train</c> or <c>mlContext.Model.Save</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">It is no model, or no model that tells moods from audio alone.</exception>
    public static MoodPredictor Load(string modelPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        if (!File.Exists(modelPath))
            throw new FileNotFoundException($"There is no model file {modelPath}.", modelPath);
        using var stream = File.OpenRead(modelPath);
        return Load(stream, modelPath);
    }

    /// <summary>Loads a model zip.</summary>
    /// <param name="model">The zip's bytes; the stream can seek and stays open.</param>
    /// <exception cref="MoodModelException">It is no model, or no model that tells moods from audio alone.</exception>
    public static MoodPredictor Load(Stream model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Load(model, "the stream");
    }

    /// <summary>The mood of an audio file.</summary>
    /// <param name="audioPath">An MP3 or WAV file; what it is, its content says.</param>
    /// <exception cref="AudioFormatException">The file is not there, cannot be read, or holds no audio that can be decoded.</exception>
    public MoodPrediction Predict(string audioPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(audioPath);
        return Predict(AudioFile.Read(audioPath), audioPath);
    }

    /// <summary>The mood of an audio file in memory.</summary>
    /// <param name="audio">The bytes of an MP3 or WAV file.</param>
    /// <exception cref="AudioFormatException">They hold no audio that can be decoded.</exception>
    public MoodPrediction Predict(ReadOnlyMemory<byte> audio) => Predict(AudioFile.Read(audio), null);

    /// <summary>The mood of decoded audio.</summary>
    /// <param name="waveform">The samples, at any rate and of any number of channels.</param>
    /// <exception cref="AudioFormatException">There is nothing to listen to.</exception>
    public MoodPrediction Predict(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        return Predict(waveform, null);
    }

    /// <summary>Frees the model. Predictions under way must have ended.</summary>
    public void Dispose()
    {
        _disposed = true;
        while (_scorers.TryTake(out var scorer))
            scorer.Dispose();
        _model.Dispose();
    }

    private static MoodPredictor Load(Stream stream, string name) => new(MoodModel.Load(new MLContext(), stream, name));

    private MoodPrediction Predict(Waveform waveform, string? audioPath)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_scorers.TryTake(out var scorer))
            scorer = new Scorer(_model);
        try
        {
            return ToPrediction(scorer.Score(waveform)) with { DamagedFrameCount = waveform.DamagedFrameCount };
        }
        // What the steps say of samples that are none, such as NaN, or of audio that is shorter than the part they take.
        catch (Exception unsuitable) when (unsuitable is InvalidDataException or ArgumentException)
        {
            throw new AudioFormatException(unsuitable.Message, audioPath, innerException: unsuitable);
        }
        finally
        {
            _scorers.Add(scorer);
        }
    }

    private MoodPrediction ToPrediction(float[] scores)
    {
        if (scores.Any(float.IsNaN))
            throw new InvalidDataException("the model's scores for this audio are not numbers; its samples may be none either");
        var best = Array.IndexOf(scores, scores.Max());
        var byMood = new OrderedDictionary<string, float>(scores.Length);
        for (var i = 0; i < scores.Length; i++)
            byMood.Add(Moods[i], scores[i]);
        return new MoodPrediction(Moods[best], byMood);
    }

    /// <summary>The model's way from samples to scores with buffers of its own: for one thread at a time.</summary>
    private sealed class Scorer : IDisposable
    {
        private readonly Excerpt _excerpt;
        private readonly WaveformRow _input;
        private readonly DataViewRow _output;
        private readonly ValueGetter<VBuffer<float>> _score;
        private VBuffer<float> _scores;

        public Scorer(MoodModel model)
        {
            _excerpt = model.Decoder.CreateExcerpt();
            var schema = model.Mapper.InputSchema;
            _input = new WaveformRow(schema, schema[model.Decoder.OutputColumnName]);
            _output = model.Mapper.GetRow(_input, [model.Score]);
            _score = _output.GetGetter<VBuffer<float>>(model.Score);
        }

        public float[] Score(Waveform audio)
        {
            _excerpt.Write(audio, ref _input.NextWaveform());
            _score(ref _scores);
            return [.. _scores.DenseValues()];
        }

        public void Dispose() => _output.Dispose();
    }
}
