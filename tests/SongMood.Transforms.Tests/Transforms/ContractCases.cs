using System.Reflection;
using Microsoft.ML;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>
/// Every component, on every kind of column that it takes. A new component is added here and is held to the whole contract.
/// </summary>
public static class ContractCases
{
    public delegate IEstimator<ITransformer> Make(TransformsCatalog catalog, string output, string input);

    public static Assembly Components => typeof(ComponentTransformer).Assembly;

    /// <summary>
    /// What a warm cursor may allocate for a row; null for any. A decoder makes new arrays for each file. Decibels checks its options at
    /// every call, which takes a few strings however long the row is.
    /// </summary>
    public static long? MostAllocatedBytes(string name) =>
        name.StartsWith("LoadAudio", StringComparison.Ordinal) ? null : name.Contains("ToDecibels", StringComparison.Ordinal) ? 512 : 0;

    public static readonly Dictionary<string, (string Input, Make Make)> All = new()
    {
        ["LoadAudio, path"] = ("Path", (c, o, i) => c.LoadAudio(o, i)),
        ["LoadAudio, bytes"] = ("Bytes", (c, o, i) => c.LoadAudio(o, i, sampleRate: 16000)),
        ["LoadAudio, own rate"] = ("Path", (c, o, i) => c.LoadAudio(o, i, sampleRate: null)),
        ["LoadAudio, fixed"] = ("Path", (c, o, i) => c.LoadAudio(o, i,
            new LoadAudioOptions { SampleRate = 11025, OffsetSeconds = 0.1, DurationSeconds = 0.4, FixedLength = true })),
        ["ConcatenateBlocks"] = ("Spectrum", (c, o, i) => c.ConcatenateBlocks(o, i, "Features")),
        ["ConcatenateBlocks, one"] = ("Features", (c, o, i) => c.ConcatenateBlocks(o, i)),
        ["ResampleAudio"] =
            ("Wave", (c, o, i) => c.ResampleAudio(o, i, new ResampleAudioOptions { FromSampleRate = 8000, SampleRate = 11025 })),
        ["ResampleAudio, known size"] =
            ("FixedWave", (c, o, i) => c.ResampleAudio(o, i, new ResampleAudioOptions { FromSampleRate = 48000 })),
        ["MelSpectrogram"] = ("Wave", (c, o, i) => c.MelSpectrogram(o, i, 8000, 512, 128, 20)),
        ["MelSpectrogram, known size"] = ("FixedWave", (c, o, i) => c.MelSpectrogram(o, i, 8000, 512, 128, 20)),
        ["Spectrogram"] = ("Wave", (c, o, i) => c.Spectrogram(o, i, 256, 100)),
        ["Spectrogram, known size"] = ("FixedWave", (c, o, i) => c.Spectrogram(o, i, 300, 77, power: 1)),
        ["PowerToDecibels"] = ("Mel", (c, o, i) => c.PowerToDecibels(o, i)),
        ["PowerToDecibels, known size"] = ("Spectrum", (c, o, i) => c.PowerToDecibels(o, i,
            new DecibelOptions { ReferenceIsMax = true, TopDb = 20 })),
        ["AmplitudeToDecibels"] = ("Mel", (c, o, i) => c.AmplitudeToDecibels(o, i, referenceIsMax: true)),
        ["LogCompress"] = ("Mel", (c, o, i) => c.LogCompress(o, i)),
        ["LogCompress, known size"] = ("Spectrum", (c, o, i) => c.LogCompress(o, i, 100)),
        ["Mfcc"] = ("Mel", (c, o, i) => c.Mfcc(o, i, 12)),
        ["Mfcc, known size"] = ("Spectrum", (c, o, i) => c.Mfcc(o, i, new MfccOptions { CoefficientCount = 5, Lifter = 22 })),
        ["ScaleMinMax, frames vary"] = ("Mel", (c, o, i) => c.ScaleMinMax(o, i)),
        ["ScaleMinMax, known size"] = ("Spectrum", (c, o, i) => c.ScaleMinMax(o, i, lower: -1, clip: true)),
        ["ScaleMinMax, features"] = ("Features", (c, o, i) => c.ScaleMinMax(o, i)),
        ["ScaleMinMax, overall"] = ("Wave", (c, o, i) => c.ScaleMinMax(o, i, MinMaxScope.Overall)),
        ["FixLength, frames"] = ("Mel", (c, o, i) => c.FixLength(o, i, 20)),
        ["FixLength, seconds"] = ("Mel", (c, o, i) => c.FixLength(o, i, new FixLengthOptions { Seconds = 0.3, Keep = CropPart.End })),
        ["FixLength, samples"] = ("Wave", (c, o, i) => c.FixLength(o, i, new FixLengthOptions { Count = 2300, Keep = CropPart.Middle })),
        ["MusicDescriptors"] = ("Wave", (c, o, i) => c.MusicDescriptors(o, i)),
        ["MusicDescriptors, eleven"] = ("FixedWave", (c, o, i) => c.MusicDescriptors(o, i, MusicDescriptorsOptions.Eleven)),
        ["MusicDescriptors, and mel"] = ("Wave", (c, o, i) => c.MusicDescriptors(o, i,
            new MusicDescriptorsOptions { Groups = DescriptorGroups.Spectrum, MelOutputColumnName = "MelToo" })),
        ["PoolFrames"] = ("Mel", (c, o, i) => c.PoolFrames(o, i)),
        ["PoolFrames, known size"] = ("Spectrum", (c, o, i) => c.PoolFrames(o, i, 5, PoolKind.Max)),
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
