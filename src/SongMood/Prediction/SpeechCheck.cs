using System.Numerics.Tensors;

namespace SongMood.Prediction;

/// <summary>
/// Tells speech from music by the loudness of blocks of 10 ms alone: speech falls silent between syllables and words, goes up and down
/// fast, and keeps no beat. Features of Saunders (1996), "Real-time discrimination of broadcast speech/music", and of Scheirer and Slaney
/// (1997), "Construction and evaluation of a robust multifeature speech/music discriminator", in windows of 10 s.
/// </summary>
internal sealed class SpeechCheck
{
    private const int WindowBlocks = 1000;
    private const int FewestBlocks = 300; // 3 s hold about a dozen syllables
    private const int NeighbourBlocks = 50; // on either side: a second
    private const int ShortestBeat = 30, LongestBeat = 120; // blocks: 200 to 50 beats a minute

    // A logistic regression (L2 of 1 on standardised features) on 10 s windows: of 600 clips of music, 150 a mood, and of 411 files of
    // speech, synthetic and recorded, in which each source weighed the same, but a few readings
    // less. docs/tool.md has the rates.
    private const double Intercept = -22.46, OfLowEnergy = 22.81, OfChange = 4.08, OfPulse = -5.19;
    private const double FaintestPulse = 0.08, ClearestPulse = 0.3; // below it there is no beat, above it there is no speech
    private const double NoSpeech = -10; // log odds
    private const double Threshold = 2; // of the mean log odds: rather miss speech than call music so

    private readonly double[] _power = new double[WindowBlocks];
    private int _count;
    private int _windows;
    private double _logOdds;

    /// <summary>Listens to the next 10 ms, of this mean square.</summary>
    public void Add(double power)
    {
        _power[_count++] = power;
        if (_count == WindowBlocks)
            EndWindow();
    }

    /// <summary>Whether most of what was heard is speech; call it at the end.</summary>
    public bool IsSpeech()
    {
        if (_count >= (_windows == 0 ? FewestBlocks : WindowBlocks / 2))
            EndWindow();
        return _windows > 0 && _logOdds / _windows > Threshold;
    }

    private void EndWindow()
    {
        var power = _power.AsSpan(0, _count);
        _count = 0;
        if (TensorPrimitives.Max<double>(power) < 1e-7) // -70 dB: nothing to hear
            return;
        Span<double> frames = stackalloc double[power.Length - 1]; // 20 ms every 10 ms
        for (var i = 0; i < frames.Length; i++)
            frames[i] = (power[i] + power[i + 1]) / 2;
        var (change, pulse) = ChangeAndPulse(frames);
        _logOdds += pulse > ClearestPulse ? NoSpeech
            : Intercept + OfLowEnergy * Math.Sqrt(LowEnergyShare(frames)) + OfChange * change
                + OfPulse * Math.Log(Math.Max(pulse, FaintestPulse));
        _windows++;
    }

    /// <summary>The share of the frames below a quarter of the mean amplitude of the second around them.</summary>
    private static double LowEnergyShare(ReadOnlySpan<double> power)
    {
        Span<double> amplitude = stackalloc double[power.Length];
        TensorPrimitives.Sqrt(power, amplitude);
        var low = 0;
        for (var i = 0; i < amplitude.Length; i++)
        {
            var first = Math.Max(0, i - NeighbourBlocks);
            var around = amplitude[first..Math.Min(amplitude.Length, i + NeighbourBlocks + 1)];
            if (amplitude[i] < 0.25 * TensorPrimitives.Sum<double>(around) / around.Length)
                low++;
        }
        return (double)low / amplitude.Length;
    }

    /// <summary>
    /// The mean change of level from frame to frame, in dB above a floor of -40 dB of the mean power; and the highest autocorrelation of
    /// its rises at the lag of a beat, which rhythm makes high.
    /// </summary>
    private static (double Change, double Pulse) ChangeAndPulse(ReadOnlySpan<double> power)
    {
        var floor = 1e-4 * TensorPrimitives.Sum(power) / power.Length;
        Span<double> rises = stackalloc double[power.Length - 1];
        var change = 0.0;
        for (var i = 0; i < rises.Length; i++)
        {
            var step = 10 * Math.Log10((power[i + 1] + floor) / (power[i] + floor));
            change += Math.Abs(step);
            rises[i] = Math.Max(0, step);
        }
        TensorPrimitives.Subtract(rises, TensorPrimitives.Sum<double>(rises) / rises.Length, rises);
        var highest = 0.0;
        for (var lag = ShortestBeat; lag < LongestBeat; lag++)
            highest = Math.Max(highest, TensorPrimitives.Dot<double>(rises[lag..], rises[..^lag]));
        return (change / rises.Length, highest / (TensorPrimitives.SumOfSquares<double>(rises) + 1e-9));
    }
}
