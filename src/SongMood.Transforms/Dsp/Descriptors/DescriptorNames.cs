namespace SongMood.Dsp.Descriptors;

/// <summary>
/// The names of all slots, in order: the one place where they are listed. Saved models and data sets carry them, so a name is never
/// changed or moved; a new one goes to the end of its group. docs/descriptors.md says what each is.
/// </summary>
internal static class DescriptorNames
{
    public static readonly string[] Loudness =
        ["LoudnessLufs", "LoudnessRangeLu", "LoudnessMaxMomentaryLufs", .. Series("MomentaryLufs")];

    public static readonly string[] Dynamics =
        ["PeakDb", "CrestDb", "DynamicComplexityDb", "QuietFrameShare", .. Series("LevelDb")];

    public static readonly string[] Rhythm =
    [
        "TempoBpm", "TempoLog2", "TempoConfidence", "PulseClarity", "BeatsPerSecond", "BeatStrength", "BeatRegularity",
        "OnsetsPerSecond", "OnsetPeakiness",
        "Pulse40To60Bpm", "Pulse60To80Bpm", "Pulse80To100Bpm", "Pulse100To120Bpm", "Pulse120To145Bpm", "Pulse145To180Bpm",
        "Pulse180To240Bpm", "Pulse240To400Bpm",
        .. Series("OnsetStrengthDb", "FluxSubBassDb", "FluxBassDb", "FluxMiddleDb", "FluxPresenceDb", "FluxTrebleDb"),
    ];

    public static readonly string[] Danceability =
        ["DanceabilityDfa", "FluctuationExponentShort", "FluctuationExponentMiddle", "FluctuationExponentLong"];

    public static readonly string[] Tonality =
    [
        "KeyPitchClass", "KeyOnFifthsX", "KeyOnFifthsY", "KeyStrength", "KeyClarity", "MajorStrength", "MinorStrength", "ModeMajorness",
        "TuningCents",
    ];

    public static readonly string[] Chroma =
    [
        .. Series([.. Pitch.ClassNames.Select(name => $"Chroma{name}"), "ChromaEntropyBits"]),
        .. Degrees("DegreeShare"), .. Degrees("DegreeChromaMean"), .. Degrees("DegreeChromaStd"),
    ];

    public static readonly string[] HarmonicChange =
    [
        "CentroidRadiusFifths", "CentroidRadiusMinorThirds", "CentroidRadiusMajorThirds",
        .. Numbered("TonalCentroidStd", Descriptors.HarmonicChange.CoordinateCount), .. Series("HarmonicChange"),
    ];

    public static readonly string[] Spectrum =
        Series("SpectralCentroidHz", "SpectralBandwidthHz", "SpectralRollOffHz", "SpectralFlatness", "SpectralFlatnessDb");

    public static readonly string[] Contrast =
    [
        .. Series(Numbered("SpectralContrastDb", SpectralContrast.BandCount)),
        .. Series(Numbered("SpectralValleyDb", SpectralContrast.BandCount)),
    ];

    public static readonly string[] ZeroCrossings = Series("ZeroCrossingRate");

    public static readonly string[] Mfcc =
    [
        .. Series(Numbered("Mfcc", FrameAnalysis.CoefficientCount)),
        .. Numbered("MfccTextureMeanStd", FrameAnalysis.CoefficientCount),
        .. Numbered("MfccTextureStdMean", FrameAnalysis.CoefficientCount),
        .. Numbered("MfccTextureStdStd", FrameAnalysis.CoefficientCount),
        .. Pairs("MfccCovariance", Groups.MfccGroup.CovarianceSize),
    ];

    public static readonly string[] MelBands = Series(Numbered("MelBandDb", Groups.MelBandsGroup.Count));

    public static readonly string[] Roughness = Series("Roughness");

    public static readonly string[] Modulation =
    [
        .. from band in Enumerable.Range(0, Descriptors.Modulation.GroupCount)
           from range in Enumerable.Range(0, Descriptors.Modulation.RangeCount)
           select $"ModulationDb{band}Range{range}",
        "ModulationSyllableShare",
    ];

    /// <summary>
    /// The preset: each stands where the closed web API had a column, and none is that column. In the order loudness, tempo,
    /// danceability, energy, brightness (acousticness), noisiness (instrumentalness), syllables (speechiness), mode, key, roughness
    /// (valence), range (liveness).
    /// </summary>
    public static readonly string[] Eleven =
    [
        "LoudnessLufs", "TempoBpm", "DanceabilityDfa", "OnsetStrengthDb.Mean", "SpectralCentroidHz.Mean", "SpectralFlatnessDb.Mean",
        "ModulationSyllableShare", "ModeMajorness", "KeyPitchClass", "Roughness.Mean", "LoudnessRangeLu",
    ];

    /// <summary>All of them in order. (A property: the arrays above must be there first.)</summary>
    public static (DescriptorGroups Group, string[] Names)[] ByGroup =>
    [
        (DescriptorGroups.Loudness, Loudness), (DescriptorGroups.Dynamics, Dynamics), (DescriptorGroups.Rhythm, Rhythm),
        (DescriptorGroups.Danceability, Danceability), (DescriptorGroups.Tonality, Tonality), (DescriptorGroups.Chroma, Chroma),
        (DescriptorGroups.HarmonicChange, HarmonicChange), (DescriptorGroups.Spectrum, Spectrum), (DescriptorGroups.Contrast, Contrast),
        (DescriptorGroups.ZeroCrossings, ZeroCrossings), (DescriptorGroups.Mfcc, Mfcc), (DescriptorGroups.MelBands, MelBands),
        (DescriptorGroups.Roughness, Roughness), (DescriptorGroups.Modulation, Modulation),
    ];

    private static string[] Series(params string[] names) =>
        [.. from name in names from suffix in Summary.Suffixes select $"{name}.{suffix}"];

    private static string[] Numbered(string name, int count) => [.. Enumerable.Range(0, count).Select(i => $"{name}{i}")];

    private static string[] Degrees(string name) => Numbered(name, 12);

    private static string[] Pairs(string name, int count) =>
        [.. from i in Enumerable.Range(0, count) from j in Enumerable.Range(i + 1, count - i - 1) select $"{name}{i}x{j}"];
}
