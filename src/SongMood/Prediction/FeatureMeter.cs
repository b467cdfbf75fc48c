using SongMood.Dsp;
using SongMood.Dsp.Descriptors;

namespace SongMood.Prediction;

/// <summary>Computes the <see cref="MusicFeatures"/> of a song from its pieces. Owns its buffers: for one thread at a time.</summary>
internal sealed class FeatureMeter
{
    private readonly MusicDescriptorExtractor _extractor = new(DescriptorGroups.None,
        ["LoudnessLufs", "LoudnessRangeLu", "TempoBpm", "TempoConfidence", "OnsetsPerSecond", "DanceabilityDfa", "KeyPitchClass",
            "KeyStrength", "ModeMajorness", "SpectralCentroidHz.Mean"]);
    private readonly List<(MusicFeatures Features, int Length)> _pieces = [];

    /// <summary>
    /// The mel powers of the piece that was heard last: (bands, frames), as <see cref="MelSpectrogram"/> gives them with its default
    /// options at <see cref="MusicDescriptorExtractor.SampleRate"/>.
    /// </summary>
    public ReadOnlySpan<float> Mel => _extractor.Mel;

    public void Clear() => _pieces.Clear();

    /// <summary>Hears the next piece: one sample or more, all of them numbers.</summary>
    public void Add(ReadOnlySpan<float> samples, int sampleRate)
    {
        var values = new float[_extractor.Names.Length];
        _extractor.Compute(sampleRate == MusicDescriptorExtractor.SampleRate ? samples
            : Resampler.Resample(samples, sampleRate, MusicDescriptorExtractor.SampleRate), values);
        _pieces.Add((new MusicFeatures
        {
            TempoBpm = Value("TempoBpm"),
            TempoConfidence = Value("TempoConfidence"),
            Key = MusicKeys.Tonics[(int)Value("KeyPitchClass")],
            Mode = Value("ModeMajorness") > 0 ? MusicMode.Major : MusicMode.Minor,
            KeyStrength = Value("KeyStrength"),
            LoudnessLufs = Value("LoudnessLufs"),
            LoudnessRangeLu = Value("LoudnessRangeLu"),
            Danceability = Value("DanceabilityDfa"),
            BrightnessHz = Value("SpectralCentroidHz.Mean"),
            OnsetsPerSecond = Value("OnsetsPerSecond"),
        }, samples.Length));

        double Value(string name) => values[_extractor.Names.IndexOf(name)];
    }

    /// <summary>Those of all pieces together.</summary>
    public MusicFeatures Features()
    {
        if (_pieces is [var alone])
            return alone.Features;
        var all = (double)_pieces.Sum(piece => (long)piece.Length);
        var tempo = _pieces.MaxBy(piece => piece.Features.TempoConfidence).Features;
        var key = _pieces.MaxBy(piece => piece.Features.KeyStrength).Features;
        return new MusicFeatures
        {
            TempoBpm = tempo.TempoBpm,
            TempoConfidence = tempo.TempoConfidence,
            Key = key.Key,
            Mode = key.Mode,
            KeyStrength = key.KeyStrength,
            LoudnessLufs = 10 * Math.Log10(Mean(piece => Math.Pow(10, piece.LoudnessLufs / 10))), // of powers, as BS.1770 means it
            LoudnessRangeLu = Mean(piece => piece.LoudnessRangeLu),
            Danceability = Mean(piece => piece.Danceability),
            BrightnessHz = Mean(piece => piece.BrightnessHz),
            OnsetsPerSecond = Mean(piece => piece.OnsetsPerSecond),
        };

        double Mean(Func<MusicFeatures, double> value) => _pieces.Sum(piece => piece.Length / all * value(piece.Features));
    }
}
