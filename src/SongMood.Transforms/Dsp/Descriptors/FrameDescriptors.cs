namespace SongMood.Dsp.Descriptors;

/// <summary>
/// What is heard from frame to frame: the descriptors that librosa has too, with librosa's defaults and values, of a mono signal at
/// 22,050 Hz (frames of 2048 samples, 512 apart, centred, zeros outside). Matrices are row-major, (rows, frames).
/// </summary>
/// <remarks><see cref="MusicDescriptorExtractor"/> sums such series up for a whole song.</remarks>
/// <example><code>
/// var samples = AudioFile.Read("song.mp3", new() { Mono = true, SampleRate = FrameDescriptors.SampleRate }).ToMono();
/// var frames = new FrameDescriptors(samples);
/// Console.WriteLine($"{frames.TempoBpm:0} beats a minute, first beat in frame {frames.BeatFrames.FirstOrDefault()}");
/// </code></example>
public sealed class FrameDescriptors
{
    /// <summary>The sample rate that the signal must have, Hz.</summary>
    public const int SampleRate = FrameAnalysis.SampleRate;

    /// <summary>Samples from one frame to the next.</summary>
    public const int HopLength = FrameAnalysis.HopLength;

    /// <summary>Computes all series.</summary>
    /// <param name="samples">Mono, at <see cref="SampleRate"/>, finite, at least one.</param>
    /// <exception cref="ArgumentException">There is no sample, or one is not finite.</exception>
    public FrameDescriptors(ReadOnlySpan<float> samples)
    {
        MusicDescriptorExtractor.RequireUsable(samples);
        var frames = new FrameAnalysis();
        frames.Run(samples, DescriptorGroups.All);
        FrameCount = frames.FrameCount;
        Rms = frames.Level.ToArray();
        ZeroCrossingRate = frames.ZeroCrossingRate.ToArray();
        SpectralCentroidHz = frames.CentroidHz.ToArray();
        SpectralBandwidthHz = frames.BandwidthHz.ToArray();
        SpectralRollOffHz = frames.RollOffHz.ToArray();
        SpectralFlatness = frames.Flatness.ToArray();
        SpectralContrast = frames.Contrast.Values.ToArray();
        Mfcc = frames.Mfcc.Values.ToArray();
        Chroma = frames.Chroma.Values.ToArray();
        Roughness = frames.Roughness.ToArray();
        OnsetStrength = new float[FrameCount];
        Descriptors.OnsetStrength.Mean(frames.MelDecibels, 0, FrameAnalysis.BandCount, OnsetStrength);
        var pulse = new PulseAnalysis();
        pulse.Run(frames);
        TempoBpm = pulse.TempoBpm;
        BeatFrames = pulse.Beats.ToArray();
    }

    /// <summary>Frames in each series: 1 + samples / 512, rounded down.</summary>
    public int FrameCount { get; }

    /// <summary>Root mean square of the samples (librosa.feature.rms); full scale = 1.</summary>
    public float[] Rms { get; }

    /// <summary>Sign changes a sample, 0 to 1 (librosa.feature.zero_crossing_rate).</summary>
    public float[] ZeroCrossingRate { get; }

    /// <summary>Hz (librosa.feature.spectral_centroid).</summary>
    public float[] SpectralCentroidHz { get; }

    /// <summary>Hz (librosa.feature.spectral_bandwidth).</summary>
    public float[] SpectralBandwidthHz { get; }

    /// <summary>Hz, 85 % (librosa.feature.spectral_rolloff).</summary>
    public float[] SpectralRollOffHz { get; }

    /// <summary>0 to 1 (librosa.feature.spectral_flatness).</summary>
    public float[] SpectralFlatness { get; }

    /// <summary>Decibels, seven bands (librosa.feature.spectral_contrast).</summary>
    public float[] SpectralContrast { get; }

    /// <summary>Twenty coefficients (librosa.feature.mfcc).</summary>
    public float[] Mfcc { get; }

    /// <summary>Twelve pitch classes from C, each frame's largest 1 (librosa.feature.chroma_stft with tuning = 0).</summary>
    public float[] Chroma { get; }

    /// <summary>Mean rise of the mel bands, decibels (librosa.onset.onset_strength).</summary>
    public float[] OnsetStrength { get; }

    /// <summary>Sensory dissonance, 0 to about 2; librosa has none.</summary>
    public float[] Roughness { get; }

    /// <summary>Beats a minute (librosa.beat.beat_track), 0 where nothing pulses.</summary>
    public double TempoBpm { get; }

    /// <summary>The frames of the beats (librosa.beat.beat_track).</summary>
    public int[] BeatFrames { get; }
}
