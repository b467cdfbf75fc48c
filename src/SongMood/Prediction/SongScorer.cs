using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>A model's way from a song to what it says, with buffers that it keeps: for one thread at a time.</summary>
internal sealed class SongScorer : IDisposable
{
    private const int MostSamples = 1 << 25; // of a piece, at whatever rate a model asks for: 128 MiB
    private const int LeastSeconds = 10; // of the parts of a piece that is too long for the network

    private readonly MoodPredictorOptions _options;
    private readonly Excerpt _excerpt;
    private readonly IWaveformScorer _scorer;
    private readonly MoodModel _model;
    private readonly ToneCheck _tone = new();
    private readonly KeptRows _rows = new();
    private FeatureMeter? _meter;

    public SongScorer(MoodModel model, MoodPredictorOptions options)
    {
        (_model, _options) = (model, options);
        _excerpt = model.Decoder.CreateExcerpt();
        _scorer = model.CreateScorer();
    }

    /// <summary>Begins to listen to a song; one at a time.</summary>
    public (HeardStream Song, SoundCheck Check) Listen(SampleStream song)
    {
        var check = new SoundCheck(_tone);
        return (new HeardStream(song, check, _rows), check);
    }

    /// <summary>To read the part that the model takes, or all of the song.</summary>
    public AudioReadOptions ReadOptions(bool whole, CancellationToken cancellation)
    {
        var quality = _options.Quality ?? _excerpt.ReadOptions.Quality;
        return _excerpt.ReadOptions with
        {
            Offset = whole ? TimeSpan.Zero : _excerpt.ReadOptions.Offset,
            Duration = whole ? null : _excerpt.ReadOptions.Duration,
            // As it is in the file, which says most of how sound it is, but where speed counts more.
            Mono = quality == AudioQuality.Fast,
            SampleRate = quality == AudioQuality.Fast ? _excerpt.ReadOptions.SampleRate : null,
            Quality = quality,
            // Our formats are heard in pieces, whatever their size; what others decode at once is held to the same length.
            MaxBytes = _options.MaximumBytesAtOnce,
            MaxDuration = _options.MaximumDuration,
            Advice = (MoodPredictorOptions.LongerAdvice, $"convert it to one of {AudioFile.FormatNames}, which are heard in pieces"),
            CancellationToken = cancellation,
        };
    }

    /// <summary>The mean of what the model says of the song's pieces, each weighing as much as it is long.</summary>
    /// <param name="song">The song, or a part of it.</param>
    /// <param name="timeline">The windows to score besides; null for none.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AudioFormatException">The song cannot be scored.</exception>
    /// <exception cref="MoodModelException">The model fails.</exception>
    public SongScores Score(SampleStream song, TimelineOptions? timeline, CancellationToken cancellation)
    {
        var samples = _excerpt.InForm(song);
        var windows = timeline is null ? null : CreateWindows(timeline, samples.SampleRate);
        var (scores, embedding) = (new WeightedMean(), new WeightedMean());
        if (_options.WithFeatures)
            (_meter ??= new FeatureMeter()).Clear();
        VBuffer<float> waveform = default;
        foreach (var count in SongPieces.Lengths(samples.SampleCount, PieceLength(samples.SampleRate)))
        {
            cancellation.ThrowIfCancellationRequested();
            _excerpt.WriteNext(samples, count, ref waveform);
            var heard = Math.Min(count, waveform.Length); // without what a short song is filled up with
            if (_options.WithFeatures && heard == waveform.Length && _scorer is PatchScorer { TakesMel: true } patches)
            {
                // The features' frames are the model's, too.
                scores.Add(Checked(() =>
                {
                    _meter!.Add(waveform.GetValues(), samples.SampleRate);
                    return patches.ScoreMel(_meter.Mel);
                }), count);
                embedding.Add(patches.Embedding, count);
            }
            else
            {
                AddScores(scores, embedding, waveform, count, LeastSeconds * samples.SampleRate);
                if (_options.WithFeatures)
                    _meter!.Add(waveform.GetValues()[..heard], samples.SampleRate);
            }
            windows?.Add(waveform.GetValues()[..heard]);
        }
        return new SongScores(scores.Mean(), embedding.Mean())
        {
            Features = _options.WithFeatures ? _meter!.Features() : null,
            Windows = windows?.End() ?? [],
        };
    }

    /// <summary>Which groups of features spoke for the mood of the song's first piece.</summary>
    /// <exception cref="AudioFormatException">The song cannot be scored.</exception>
    /// <exception cref="MoodModelException">The model fails.</exception>
    public MoodExplanation Explain(SampleStream song)
    {
        var samples = _excerpt.InForm(song);
        VBuffer<float> waveform = default;
        _excerpt.WriteNext(samples, SongPieces.Lengths(samples.SampleCount, PieceLength(samples.SampleRate)).First(), ref waveform);
        using var explainer = Explainer.Create(_model);
        if (explainer is null)
            return Explanation(Score(waveform), []);
        var (scores, without) = Guarded(() =>
        {
            var said = explainer.Explain(waveform);
            RequireNumbers(said.Scores);
            foreach (var (_, others) in said.Without)
                RequireNumbers(others);
            return said;
        });
        return Explanation(scores, without);
    }

    public void Dispose() => _scorer.Dispose();

    private MoodExplanation Explanation(float[] scores, (string Group, float[] Scores)[] without)
    {
        var mood = Array.IndexOf(scores, scores.Max());
        return new MoodExplanation(_model.Moods[mood], scores[mood], [.. without
            .Select(group => new ExplanationPart(group.Group, scores[mood] - group.Scores[mood])).OrderByDescending(part => part.Change)]);
    }

    /// <summary>The samples of a piece: of a model that takes a part of a song, no more than this part.</summary>
    private int PieceLength(int sampleRate)
    {
        var most = _options.PieceLength;
        if (_excerpt.ReadOptions.Duration is { } part && part < most)
            most = part;
        var length = Math.Min(MostSamples, Math.Max(1, Math.Round(most.TotalSeconds * sampleRate)));
        return (int)Math.Max(length, Math.Ceiling(_excerpt.ShortestPiece.TotalSeconds * sampleRate));
    }

    private ISongWindows CreateWindows(TimelineOptions options, int sampleRate)
    {
        if (_scorer is PatchScorer patches)
            return new PatchWindows(patches, options, sampleRate);
        var seconds = Math.Min(options.Window.TotalSeconds, _excerpt.ReadOptions.Duration?.TotalSeconds ?? double.PositiveInfinity);
        var isPadded = _excerpt.ShortestPiece > TimeSpan.Zero;
        return new SampleWindows(Score, Samples(isPadded ? _excerpt.ShortestPiece.TotalSeconds : seconds),
            Samples(options.Hop.TotalSeconds), sampleRate, isPadded);

        int Samples(double length) => Math.Max(1, (int)Math.Round(length * sampleRate));
    }

    /// <summary>Scores a waveform, in halves where the network cannot hear so much at once.</summary>
    private void AddScores(WeightedMean scores, WeightedMean embedding, VBuffer<float> waveform, double weight, int leastLength)
    {
        try
        {
            scores.Add(Score(waveform), weight);
            embedding.Add(_scorer.Embedding, weight);
        }
        catch (AudioFormatException error) when (error.InnerException is LongSequenceException && waveform.Length >= 2 * leastLength)
        {
            var half = waveform.Length / 2;
            foreach (var part in new[] { waveform.GetValues()[..half].ToArray(), waveform.GetValues()[half..].ToArray() })
                AddScores(scores, embedding, new VBuffer<float>(part.Length, part), weight * part.Length / waveform.Length, leastLength);
        }
    }

    private float[] Score(VBuffer<float> waveform) => Checked(() => _scorer.Score(waveform));

    private static float[] Checked(Func<float[]> score) => Guarded(() =>
    {
        var scores = score();
        RequireNumbers(scores);
        return scores;
    });

    private static void RequireNumbers(float[] scores)
    {
        if (scores.Any(float.IsNaN))
            throw new InvalidDataException("the model's scores for this audio are not numbers; its samples may be none either");
    }

    /// <summary>Runs the model, whose faults are of two kinds.</summary>
    private static T Guarded<T>(Func<T> run)
    {
        try
        {
            return run();
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
