using System.Numerics.Tensors;
using NWaves.Filters.BiQuad;
using NWaves.Operations;
using NWaves.Operations.Tsm;
using NWaves.Signals;
using SongMood.Dsp;

namespace SongMood.Alterations;

/// <summary>
/// One way to alter a song, drawn at random within <see cref="AudioAlterationOptions"/>: the same seed draws the same. Time is stretched
/// by NWaves (waveform similarity overlap-add, Verhelst and Roelands 1993), which filters as well; our resampler shifts pitch.
/// </summary>
/// <example><code>
/// var song = AudioFile.Read("song.mp3");
/// var alteration = AudioAlteration.Draw(new AudioAlterationOptions { PitchSemitones = 2 }, seed: 7);
/// float[] altered = alteration.Apply(song.ToMono(), song.SampleRate);
/// </code></example>
public sealed record AudioAlteration
{
    private const double BassHz = 150;
    private const double MiddleHz = 1000;
    private const double TrebleHz = 4000;
    private const double BroadQ = 0.7;

    /// <summary>Shift of the pitch in semitones at the same tempo. Default 0.</summary>
    public double PitchSemitones { get; init; }

    /// <summary>The tempo divided by the song's own, at the same pitch. Default 1.</summary>
    public double TempoRatio { get; init; } = 1;

    /// <summary>The speed divided by the song's own, pitch and tempo together. Default 1.</summary>
    public double SpeedRatio { get; init; } = 1;

    /// <summary>Gain below about 150 Hz, in decibels. Default 0.</summary>
    public double BassDb { get; init; }

    /// <summary>Gain around 1 kHz, in decibels. Default 0.</summary>
    public double MiddleDb { get; init; }

    /// <summary>Gain above about 4 kHz, in decibels. Default 0.</summary>
    public double TrebleDb { get; init; }

    /// <summary>Where a low-pass filter of second order begins, in Hz. Default null: none.</summary>
    public double? CutoffHz { get; init; }

    /// <summary>Gain of the whole in decibels. Default 0.</summary>
    public double GainDb { get; init; }

    /// <summary>The share of the song that is cut off at its start, 0 to 1. Default 0.</summary>
    public double CutShare { get; init; }

    /// <summary>Draws an alteration: each change evenly between its bounds, frequencies evenly over their logarithms.</summary>
    /// <param name="options">The bounds.</param>
    /// <param name="seed">The same seed and bounds draw the same alteration.</param>
    /// <exception cref="ArgumentException">Options out of range; the message lists every fault.</exception>
    public static AudioAlteration Draw(AudioAlterationOptions options, int seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var random = new Random(seed); // a seeded one draws the same in every version of .NET
        return new AudioAlteration
        {
            PitchSemitones = Between(options.PitchSemitones),
            TempoRatio = 1 + Between(options.TempoPercent) / 100,
            SpeedRatio = 1 + Between(options.SpeedPercent) / 100,
            BassDb = Between(options.FilterDb),
            MiddleDb = Between(options.FilterDb),
            TrebleDb = Between(options.FilterDb),
            CutoffHz = Cutoff(),
            GainDb = Between(options.GainDb),
            CutShare = random.NextDouble() * options.CutPercent / 100,
        };

        double Between(double bound) => (2 * random.NextDouble() - 1) * bound;

        double? Cutoff()
        {
            var (isFiltered, place) = (random.NextDouble() < 0.5, random.NextDouble());
            const double highest = 16000;
            return isFiltered && options.LowestCutoffHz is { } lowest && lowest < highest
                ? lowest * Math.Pow(highest / lowest, place) : null;
        }
    }

    /// <summary>The altered song, at the same sample rate. It may be shorter or longer, and louder than full scale.</summary>
    /// <param name="samples">One channel, finite.</param>
    /// <param name="sampleRate">In Hz, from 1,000 to 768,000.</param>
    /// <exception cref="ArgumentException">No samples, or one that is not finite.</exception>
    public float[] Apply(ReadOnlySpan<float> samples, int sampleRate)
    {
        SampleRates.Require(sampleRate, nameof(sampleRate));
        if (samples.IsEmpty)
            throw new ArgumentException("There are no samples to alter.", nameof(samples));
        Samples.RequireFinite(samples);
        var altered = samples[(int)Math.Min(samples.Length - 1, CutShare * samples.Length)..].ToArray();

        // To shift the pitch is to stretch time by as much, and to play it faster.
        var pitchRatio = Math.Pow(2, PitchSemitones / 12);
        if (pitchRatio / TempoRatio is not 1 and var stretch)
            altered = Operation.TimeStretch(new DiscreteSignal(sampleRate, altered), stretch, TsmAlgorithm.Wsola).Samples;
        altered = Faster(altered, pitchRatio * SpeedRatio);

        if (BassDb != 0)
            Filter(new LowShelfFilter(BassHz / sampleRate, BroadQ, BassDb));
        if (MiddleDb != 0)
            Filter(new PeakFilter(MiddleHz / sampleRate, BroadQ, MiddleDb));
        if (TrebleDb != 0 && TrebleHz < 0.49 * sampleRate)
            Filter(new HighShelfFilter(TrebleHz / sampleRate, BroadQ, TrebleDb));
        if (CutoffHz is { } cutoff && cutoff < 0.49 * sampleRate)
            Filter(new LowPassFilter(cutoff / sampleRate, BroadQ));
        TensorPrimitives.Multiply(altered, (float)Math.Pow(10, GainDb / 20), altered);
        return altered;

        void Filter(BiQuadFilter filter)
        {
            for (var i = 0; i < altered.Length; i++)
                altered[i] = filter.Process(altered[i]);
        }
    }

    /// <summary>Two songs at once, as long as the first; the second begins anew where it ends before.</summary>
    /// <param name="first">One channel.</param>
    /// <param name="second">One channel at the same sample rate, not empty.</param>
    /// <param name="secondDb">Gain of the second in decibels.</param>
    /// <exception cref="ArgumentException">The second is empty.</exception>
    public static float[] Mix(ReadOnlySpan<float> first, ReadOnlySpan<float> second, double secondDb)
    {
        if (second.IsEmpty)
            throw new ArgumentException("The second song has no samples.", nameof(second));
        var mixed = first.ToArray();
        var gain = (float)Math.Pow(10, secondDb / 20);
        for (var start = 0; start < mixed.Length; start += second.Length)
        {
            var part = mixed.AsSpan(start, Math.Min(second.Length, mixed.Length - start));
            TensorPrimitives.MultiplyAdd(second[..part.Length], gain, part, part);
        }
        return mixed;
    }

    /// <summary>
    /// What it changes, such as "pitch +1.50 semitones, tempo x 1.040, bass -3.0 dB"; "no change" where it changes nothing.
    /// </summary>
    public override string ToString()
    {
        var changes = new List<string>();
        Say(PitchSemitones, 0, $"pitch {PitchSemitones:+0.00;-0.00} semitones");
        Say(TempoRatio, 1, $"tempo x {TempoRatio:0.000}");
        Say(SpeedRatio, 1, $"speed x {SpeedRatio:0.000}");
        Say(BassDb, 0, $"bass {BassDb:+0.0;-0.0} dB");
        Say(MiddleDb, 0, $"middle {MiddleDb:+0.0;-0.0} dB");
        Say(TrebleDb, 0, $"treble {TrebleDb:+0.0;-0.0} dB");
        Say(CutoffHz, null, $"cut above {CutoffHz:0} Hz");
        Say(GainDb, 0, $"gain {GainDb:+0.0;-0.0} dB");
        Say(CutShare, 0, $"without its first {100 * CutShare:0.0} %");
        return changes.Count == 0 ? "no change" : string.Join(", ", changes);

        void Say(double? value, double? unchanged, FormattableString change)
        {
            if (value != unchanged)
                changes.Add(FormattableString.Invariant(change));
        }
    }

    private static float[] Faster(float[] samples, double ratio)
    {
        // As a ratio of whole rates in thousandths: 1.7 cents of pitch.
        var thousandths = (int)Math.Round(1000 * ratio);
        return thousandths == 1000 ? samples : Dsp.Resampler.Resample(samples, 8 * thousandths, 8000);
    }
}
