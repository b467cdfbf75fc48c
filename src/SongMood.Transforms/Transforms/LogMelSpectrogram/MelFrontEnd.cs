using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>
/// The way from a waveform to what a network was taught on: sample rate, length, mel spectrogram, and a logarithm of it. Those of some
/// public networks are here by name; a <c>with</c> expression makes others of them.
/// </summary>
public sealed record MelFrontEnd
{
    /// <summary>
    /// The mel spectrogram; its <see cref="MelSpectrogramOptions.SampleRate"/> is the one that the waveform is resampled to.
    /// </summary>
    public MelSpectrogramOptions Mel { get; init; } = new();

    /// <summary>
    /// Seconds to which every waveform is cut or, with zeros at its end, filled up. Default null: each keeps its length.
    /// </summary>
    public double? Seconds { get; init; }

    /// <summary>The logarithm of what the mel spectrogram gives; null for none. Default null.</summary>
    public LogCompressOptions? Log { get; init; }

    /// <summary>Decibels instead of <see cref="Log"/>: of powers, or of magnitudes where Mel.Power is 1. Default null.</summary>
    public DecibelOptions? Decibels { get; init; }

    /// <summary>
    /// musicnn's (Pons and Serra, 2019): 16 kHz, frames of 512, hop 256, 96 bands to 8 kHz, log10(1 + 10000 power). Its patches are 187
    /// frames.
    /// </summary>
    public static MelFrontEnd Musicnn { get; } = new()
    {
        Mel = new() { SampleRate = 16_000, FftLength = 512, HopLength = 256, BandCount = 96 },
        Log = new(),
    };

    /// <summary>
    /// YAMNet's (tensorflow/models, research/audioset/yamnet): 16 kHz, windows of 400 in transforms of 512, hop 160, not centred,
    /// magnitudes, 64 HTK bands from 125 to 7,500 Hz whose triangles are straight over mel, ln(x + 0.001). Its patches are 96 frames.
    /// </summary>
    public static MelFrontEnd Yamnet { get; } = new()
    {
        Mel = new()
        {
            SampleRate = 16_000,
            FftLength = 512,
            WindowLength = 400,
            WindowAtStart = true,
            HopLength = 160,
            Center = false,
            Power = 1,
            BandCount = 64,
            MinHz = 125,
            MaxHz = 7_500,
            MelScale = MelScale.Htk,
            MelNorm = MelNorm.None,
            TriangleScale = TriangleScale.Mel,
        },
        Log = new() { Factor = 1, Offset = 0.001f, Base = Math.E },
    };

    /// <summary>
    /// That of the compact network of Choi et al. (2016, 2017): 12 kHz, 29 s, frames of 512, hop 256, 96 bands, decibels below the clip's
    /// loudest value, not below -80. It takes the whole of it, 1360 frames.
    /// </summary>
    public static MelFrontEnd CompactCnn { get; } = new()
    {
        Mel = new() { SampleRate = 12_000, FftLength = 512, HopLength = 256, BandCount = 96 },
        Seconds = 29,
        Decibels = new() { ReferenceIsMax = true },
    };

    /// <summary>Such as "96 bands at 16000 Hz, hop 256, log10(1 + 10000 x)".</summary>
    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        yield return FormattableString.Invariant($"{Mel.BandCount} bands at {Mel.SampleRate} Hz");
        yield return FormattableString.Invariant($"hop {Mel.HopLength}");
        if (Seconds is not null)
            yield return FormattableString.Invariant($"{Seconds} s");
        if (Log is not null)
            yield return (Log.Base == Math.E ? "ln" : FormattableString.Invariant($"log{Log.Base}"))
                + FormattableString.Invariant($"({Log.Offset} + {Log.Factor} x)");
        if (Decibels is not null)
            yield return "decibels";
    }

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Mel is not null, nameof(Mel), "null", "options");
        faults.Need(Log is null || Decibels is null, "Log and Decibels", "both given", "one of them, or none");
        faults.ThrowIfAny(nameof(MelFrontEnd)); // the parts say what is wrong with them
    }
}
