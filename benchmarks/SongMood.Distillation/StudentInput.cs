using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Distillation;

/// <summary>What the student hears: patches of the default log-mel spectrogram, in decibels below the clip's loudest value.</summary>
internal sealed class StudentInput
{
    public const int SampleRate = 22050;
    public const int BandCount = 128;
    public const int FrameCount = 128;
    public const double RangeDb = 80; // below the clip's loudest
    public const int PatchSize = BandCount * FrameCount;
    public const double PatchSeconds = FrameCount * 512.0 / SampleRate;

    private readonly MelSpectrogram _mel = new(new MelSpectrogramOptions());

    /// <summary>A file's samples, mono at the student's rate.</summary>
    public static float[] Read(string path) =>
        AudioFile.Read(path, new AudioReadOptions { SampleRate = SampleRate, Mono = true }).ToMono();

    /// <summary>(bands, frames).</summary>
    public float[] Spectrogram(ReadOnlySpan<float> samples)
    {
        var bands = new float[BandCount * _mel.FrameCount(samples.Length)];
        _mel.Compute(samples, bands);
        Decibels.FromPower(bands, bands, new DecibelOptions { ReferenceIsMax = true, TopDb = RangeDb });
        return bands;
    }

    public (float[] Patches, int Count) Of(ReadOnlySpan<float> samples)
    {
        var bands = Spectrogram(samples);
        var frameCount = bands.Length / BandCount;
        var count = frameCount / FrameCount;
        var patches = new float[count * PatchSize];
        for (var patch = 0; patch < count; patch++)
            for (var band = 0; band < BandCount; band++)
                bands.AsSpan(band * frameCount + patch * FrameCount, FrameCount)
                    .CopyTo(patches.AsSpan(patch * PatchSize + band * FrameCount));
        return (patches, count);
    }
}
