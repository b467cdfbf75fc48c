using SongMood.Dsp;
using SongMood.Embeddings;

namespace SongMood.Distillation;

/// <summary>What the student hears: patches of the default log-mel spectrogram, in decibels below the clip's loudest value.</summary>
internal sealed class StudentInput
{
    public const int SampleRate = 22050;
    public const int BandCount = 128;
    public const int FrameCount = 128;
    public const int PatchSize = BandCount * FrameCount;
    public const double PatchSeconds = FrameCount * 512.0 / SampleRate;

    private readonly MelSpectrogram _mel = new(new MelSpectrogramOptions());

    public (float[] Patches, int Count) Of(ReadOnlySpan<float> samples)
    {
        var frameCount = _mel.FrameCount(samples.Length);
        var bands = new float[BandCount * frameCount];
        _mel.Compute(samples, bands);
        Decibels.FromPower(bands, bands, new DecibelOptions { ReferenceIsMax = true, TopDb = MusicEmbeddingNetwork.RangeDb });
        var count = frameCount / FrameCount;
        var patches = new float[count * PatchSize];
        for (var patch = 0; patch < count; patch++)
            for (var band = 0; band < BandCount; band++)
                bands.AsSpan(band * frameCount + patch * FrameCount, FrameCount)
                    .CopyTo(patches.AsSpan(patch * PatchSize + band * FrameCount));
        return (patches, count);
    }
}
