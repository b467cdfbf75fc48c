using SongMood.Dsp;

namespace SongMood.Alterations;

/// <summary>
/// How far a song is altered at most, so that a network which learns from altered copies learns what stays: within these bounds a listener
/// would give the same mood. Each default is a mild change; zero leaves that kind of change out.
/// </summary>
public sealed record AudioAlterationOptions
{
    /// <summary>Shift of the pitch at the same tempo, in semitones up or down, 0 to 12. Default 1.</summary>
    public double PitchSemitones { get; init; } = 1;

    /// <summary>Change of the tempo at the same pitch, in percent up or down, 0 to 50. Default 6.</summary>
    public double TempoPercent { get; init; } = 6;

    /// <summary>Change of the speed, of pitch and tempo together as with a tape, in percent up or down, 0 to 50. Default 0.</summary>
    public double SpeedPercent { get; init; }

    /// <summary>Gain up or down in decibels, of each of three broad bands (bass, middle, treble), 0 to 24. Default 4.</summary>
    public double FilterDb { get; init; } = 4;

    /// <summary>
    /// Half of the copies lose what is above a frequency between this one and 16 kHz, as a lossy encoder takes it away. In Hz, at least
    /// 1,000; null leaves it out. Default 6,000.
    /// </summary>
    public double? LowestCutoffHz { get; init; } = 6000;

    /// <summary>Gain of the whole in decibels, up or down, 0 to 60. Default 6.</summary>
    public double GainDb { get; init; } = 6;

    /// <summary>How much of the song is cut off at its start, in percent, 0 to 50. Default 10.</summary>
    public double CutPercent { get; init; } = 10;

    internal void Validate()
    {
        var faults = new OptionFaults();
        Check(faults);
        faults.ThrowIfAny(nameof(AudioAlterationOptions));
    }

    internal void Check(OptionFaults faults)
    {
        Within(PitchSemitones, 12, nameof(PitchSemitones));
        Within(TempoPercent, 50, nameof(TempoPercent));
        Within(SpeedPercent, 50, nameof(SpeedPercent));
        Within(FilterDb, 24, nameof(FilterDb));
        faults.Need(LowestCutoffHz is null or (>= 1000 and < double.PositiveInfinity), nameof(LowestCutoffHz), LowestCutoffHz,
            "at least 1000, or null");
        Within(GainDb, 60, nameof(GainDb));
        Within(CutPercent, 50, nameof(CutPercent));

        void Within(double value, double most, string name) =>
            faults.Need(value >= 0 && value <= most, name, value, FormattableString.Invariant($"from 0 to {most}"));
    }
}
