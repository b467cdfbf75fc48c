using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Dsp.Descriptors;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>One pipeline with every component in it, from the bytes of small WAV files on.</summary>
internal static class EveryComponent
{
    public static readonly string[] Columns =
        ["Audio", "Wave", "Spectrum", "Mel", "Log", "Decibels", "Mfcc", "Scaled", "Pooled", "Descriptors", "MelToo", "Blocks"];

    public static IDataView Data(MLContext ml) => ml.Bytes([.. new[] { 220, 330, 495 }.Select(Tone)]);

    public static IEstimator<ITransformer> Pipeline(MLContext ml) => ml.Transforms.LoadAudio("Audio", "In", sampleRate: 8000)
        .Append(ml.Transforms.ResampleAudio("Wave", "Audio", 11025))
        .Append(ml.Transforms.Spectrogram("Spectrum", "Wave", fftLength: 256, hopLength: 128, power: 1))
        .Append(ml.Transforms.AmplitudeToDecibels("Spectrum", referenceIsMax: true))
        .Append(ml.Transforms.MelSpectrogram("Mel", "Wave", sampleRate: 11025, fftLength: 512, hopLength: 128, bandCount: 16))
        .Append(ml.Transforms.LogCompress("Log", "Mel"))
        .Append(ml.Transforms.PowerToDecibels("Decibels", "Mel"))
        .Append(ml.Transforms.Mfcc("Mfcc", "Decibels", coefficientCount: 8))
        .Append(ml.Transforms.FixLength("Scaled", "Decibels", count: 12))
        .Append(ml.Transforms.ScaleMinMax("Scaled", clip: true))
        .Append(ml.Transforms.PoolFrames("Pooled", "Scaled", poolSize: 5, kind: PoolKind.Max))
        .Append(ml.Transforms.ResampleAudio("Wave22050", "Audio"))
        .Append(ml.Transforms.MusicDescriptors("Descriptors", "Wave22050",
            MusicDescriptorsOptions.Eleven with { MelOutputColumnName = "MelToo" }))
        .Append(ml.Transforms.ConcatenateBlocks("Blocks", "Descriptors", "Scaled"));

    // A decaying tone with overtones, 0.1 to 0.2 s long.
    private static byte[] Tone(int hz)
    {
        var samples = new float[800 + 2 * hz];
        for (var i = 0; i < samples.Length; i++)
            samples[i] =
                (float)(Enumerable.Range(1, 4).Sum(k => Math.Sin(2 * Math.PI * k * hz * i / 8000) / k) * 0.3 * Math.Exp(-i / 600.0));
        return ContractData.Wav(samples, 8000);
    }
}
