using System.Globalization;

namespace SongMood.Prediction;

/// <summary>Whether a key is a minor or a major one.</summary>
public enum MusicMode
{
    /// <summary>Minor.</summary>
    Minor,

    /// <summary>Major.</summary>
    Major,
}

/// <summary>
/// What a song sounds like, in numbers that are computed from its audio alone: some of the descriptors (docs/descriptors.md defines each).
/// None of them is the value that any web API gives under a like name.
/// </summary>
/// <remarks>
/// They are computed from what the model hears, mono, at 22,050 Hz: of a model that takes 30 seconds, of these. A song that is heard in
/// pieces (more than 10 minutes) has the means over its pieces, weighted by their lengths, and the tempo and the key of that piece which
/// shows them most clearly.
/// </remarks>
public sealed record MusicFeatures
{
    /// <summary>The tempo, beats a minute, 0 to 320; 0 where nothing pulses. Half and double tempo are confused at times.</summary>
    public required double TempoBpm { get; init; }

    /// <summary>How clear the tempo is, 0 to 1: the autocorrelation of the onsets at its period.</summary>
    public required double TempoConfidence { get; init; }

    /// <summary>The key's tonic: "C", "C#" and so on to "B".</summary>
    public required string Key { get; init; }

    /// <summary>Whether the key is minor or major.</summary>
    public required MusicMode Mode { get; init; }

    /// <summary>
    /// How well the notes fit the key, -1 to 1: a correlation with how often each degree of the scale is played in such a key. 0 where
    /// there is no note, and the key says nothing.
    /// </summary>
    public required double KeyStrength { get; init; }

    /// <summary>Integrated loudness of the mono mix, LUFS, -70 (silence) to about 3 (ITU-R BS.1770-4).</summary>
    public required double LoudnessLufs { get; init; }

    /// <summary>How far loud and soft passages are apart, LU, 0 or more; 0 under 3 s (EBU Tech 3342).</summary>
    public required double LoudnessRangeLu { get; init; }

    /// <summary>
    /// How regular and strong the pulse is, 0 to 3: 1 over the smallest exponent of the level's detrended fluctuation (Streich and
    /// Herrera, 2005). No rating by dancers.
    /// </summary>
    public required double Danceability { get; init; }

    /// <summary>Where the middle of the spectrum lies, Hz, 0 to 11,025: the mean spectral centroid.</summary>
    public required double BrightnessHz { get; init; }

    /// <summary>Onsets of notes and beats a second, 0 or more.</summary>
    public required double OnsetsPerSecond { get; init; }

    /// <summary>Such as "120.2 beats a minute (0.41), A minor (0.78), -11.3 LUFS, range 6.1 LU, danceability 1.32, 1840 Hz, 3.2 onsets a
    /// second".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{TempoBpm:0.0} beats a minute ({TempoConfidence:0.00}), {Key} {(Mode == MusicMode.Minor ? "minor" : "major")} ")
        + string.Create(CultureInfo.InvariantCulture, $"({KeyStrength:0.00}), "
        + $"{LoudnessLufs:0.0} LUFS, range {LoudnessRangeLu:0.0} LU, danceability {Danceability:0.00}, {BrightnessHz:0} Hz, "
        + $"{OnsetsPerSecond:0.0} onsets a second");
}
