using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>A model's way from samples to scores, with buffers that it keeps: for one thread at a time.</summary>
internal sealed class SongScorer : IDisposable
{
    private const int MostSamples = 1 << 25; // of a piece, at whatever rate a model asks for: 128 MiB
    private const int LeastSeconds = 10; // of the parts of a piece that is too long for the network

    private readonly TimeSpan _pieceLength;
    private readonly Excerpt _excerpt;
    private readonly WaveformRow _input;
    private readonly DataViewRow _output;
    private readonly ValueGetter<VBuffer<float>> _score;
    private VBuffer<float> _scores;

    public SongScorer(MoodModel model, MoodPredictorOptions options)
    {
        _pieceLength = options.PieceLength;
        _excerpt = model.Decoder.CreateExcerpt();
        var schema = model.Mapper.InputSchema;
        _input = new WaveformRow(schema, schema[model.Decoder.OutputColumnName]);
        _output = model.Mapper.GetRow(_input, [model.Score]);
        _score = _output.GetGetter<VBuffer<float>>(model.Score);
    }

    /// <summary>To read the part that the model takes, as it is in the file.</summary>
    public AudioReadOptions ReadOptions(CancellationToken cancellation) => new()
    {
        Offset = _excerpt.ReadOptions.Offset,
        Duration = _excerpt.ReadOptions.Duration,
        CancellationToken = cancellation,
    };

    /// <summary>The part of decoded audio that the model takes.</summary>
    /// <exception cref="AudioFormatException">There is none, or a sample that is no number or immensely large.</exception>
    public SampleStream Part(Waveform whole)
    {
        if (whole.SampleCount == 0)
            throw new AudioFormatException("the audio has no samples");
        var (start, count) = _excerpt.ReadOptions.Select(whole.SampleCount, whole.SampleRate);
        return new WaveformStream(SampleLimit.Checked(whole, TimeSpan.Zero), (int)start, (int)count);
    }

    /// <summary>The mean of the scores of the song's pieces, each weighing as much as it is long.</summary>
    /// <exception cref="AudioFormatException">The song cannot be scored.</exception>
    /// <exception cref="MoodModelException">The model fails.</exception>
    public float[] Score(SampleStream song, CancellationToken cancellation)
    {
        var samples = _excerpt.InForm(song);
        var length = Math.Min(MostSamples, Math.Max(1, Math.Round(_pieceLength.TotalSeconds * samples.SampleRate)));
        var shortest = Math.Ceiling(_excerpt.ShortestPiece.TotalSeconds * samples.SampleRate);
        var sums = Array.Empty<double>();
        foreach (var count in SongPieces.Lengths(samples.SampleCount, (int)Math.Max(length, shortest)))
        {
            cancellation.ThrowIfCancellationRequested();
            ref var waveform = ref _input.NextWaveform();
            _excerpt.WriteNext(samples, count, ref waveform);
            AddScores(ref sums, waveform, count, LeastSeconds * samples.SampleRate);
        }
        return [.. sums.Select(sum => (float)(sum / samples.SampleCount))];
    }

    public void Dispose() => _output.Dispose();

    /// <summary>Scores the row's waveform, in halves where the network cannot hear so much at once.</summary>
    private void AddScores(ref double[] sums, VBuffer<float> waveform, int weight, int leastLength)
    {
        float[] scores;
        try
        {
            scores = Run();
        }
        catch (AudioFormatException error) when (error.InnerException is LongSequenceException && waveform.Length >= 2 * leastLength)
        {
            var half = waveform.Length / 2;
            foreach (var part in new[] { waveform.GetValues()[..half].ToArray(), waveform.GetValues()[half..].ToArray() })
            {
                var next = _input.NextWaveform() = new VBuffer<float>(part.Length, part);
                AddScores(ref sums, next, (int)((long)weight * part.Length / waveform.Length), leastLength);
            }
            return;
        }
        if (sums.Length == 0)
            sums = new double[scores.Length];
        for (var mood = 0; mood < scores.Length; mood++)
            sums[mood] += (double)weight * scores[mood];
    }

    private float[] Run()
    {
        try
        {
            _score(ref _scores);
            float[] scores = [.. _scores.DenseValues()];
            return scores.Any(float.IsNaN)
                ? throw new InvalidDataException("the model's scores for this audio are not numbers; its samples may be none either")
                : scores;
        }
        // What the steps say of samples that are too large, or of audio that is shorter than the part they take.
        catch (Exception unsuitable) when (unsuitable is InvalidDataException or ArgumentException or InvalidOperationException)
        {
            throw new AudioFormatException(unsuitable.Message, innerException: unsuitable);
        }
        // A model may be sound in form and yet fail when it runs, as only running it can show.
        catch (Exception failure)
        {
            throw new MoodModelException($"The model failed on this audio: {failure.Message}. Save or download it anew; where it works "
                + "elsewhere, please report it.", failure);
        }
    }
}
