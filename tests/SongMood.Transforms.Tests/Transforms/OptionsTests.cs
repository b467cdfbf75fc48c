using System.Reflection;
using Microsoft.ML;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>Defaults are part of what is promised; wrong options are refused at once, all faults together.</summary>
public class OptionsTests
{
    private readonly TransformsCatalog _catalog = new MLContext().Transforms;

    [Fact]
    public void Defaults()
    {
        var load = new LoadAudioOptions();
        Assert.Equal((22050, 0d, null, false, null),
            (load.SampleRate, load.OffsetSeconds, load.DurationSeconds, load.FixedLength, load.Folder));
        Assert.Equal(SongMood.Audio.AudioQuality.Exact, load.Quality);
        var resample = new ResampleAudioOptions();
        Assert.Equal((22050, null), (resample.SampleRate, resample.FromSampleRate));
        var log = new LogCompressOptions();
        Assert.Equal((10_000f, 1f, 10.0), (log.Factor, log.Offset, log.Base));
        var frontEnd = new MelFrontEnd();
        Assert.Equal((new MelSpectrogramOptions(), null, null, null), (frontEnd.Mel, frontEnd.Seconds, frontEnd.Log, frontEnd.Decibels));
        var scale = new ScaleMinMaxOptions();
        Assert.Equal((MinMaxScope.PerBand, 0f, 1f, false), (scale.Scope, scale.Lower, scale.Upper, scale.Clip));
        Assert.False(new ConcatenateBlocksOptions().ShareDeviation);
        var fix = new FixLengthOptions();
        Assert.Equal((null, null, CropPart.Start, null), (fix.Count, fix.Seconds, fix.Keep, fix.PadValue));
        var pool = new PoolFramesOptions();
        Assert.Equal((4, PoolKind.Mean), (pool.PoolSize, pool.Kind));
        var mfcc = new MfccOptions();
        Assert.Equal((20, 0d), (mfcc.CoefficientCount, mfcc.Lifter));
        var descriptors = new MusicDescriptorsOptions();
        Assert.Equal((DescriptorGroups.All, null), (descriptors.Groups, descriptors.MelOutputColumnName));
        Assert.Empty(descriptors.Names);
        var mel = new MelSpectrogramOptions();
        Assert.Equal((22050, 2048, 512, null, WindowKind.Hann),
            (mel.SampleRate, mel.FftLength, mel.HopLength, mel.WindowLength, mel.Window));
        Assert.Equal((true, PadMode.Constant, 2, 128), (mel.Center, mel.PadMode, mel.Power, mel.BandCount));
        Assert.Equal((0d, null, MelScale.Slaney, MelNorm.Area), (mel.MinHz, mel.MaxHz, mel.MelScale, mel.MelNorm));
        var spectrogram = new SpectrogramOptions();
        Assert.Equal((2048, 512, null, WindowKind.Hann),
            (spectrogram.FftLength, spectrogram.HopLength, spectrogram.WindowLength, spectrogram.Window));
        Assert.Equal((true, PadMode.Constant, 2), (spectrogram.Center, spectrogram.PadMode, spectrogram.Power));
        var decibels = new DecibelOptions();
        Assert.Equal((false, 1d, null, 80d), (decibels.ReferenceIsMax, decibels.Reference, decibels.AMin, decibels.TopDb));
    }

    [Fact]
    public void One_error_lists_every_fault() => AssertFaults(
        () => _catalog.LoadAudio("Out", "In",
            new LoadAudioOptions { SampleRate = 0, OffsetSeconds = -1, DurationSeconds = 0, Folder = "" }),
        "SampleRate is 0", "OffsetSeconds is -1", "DurationSeconds is 0", "Folder is empty");

    [Fact]
    public void Faults_of_the_others()
    {
        AssertFaults(() => _catalog.LoadAudio("Out", "In", new LoadAudioOptions { FixedLength = true }), "FixedLength", "DurationSeconds");
        AssertFaults(() => _catalog.LoadAudio("Out", "In", new LoadAudioOptions { OffsetSeconds = double.NaN }), "OffsetSeconds is NaN");
        AssertFaults(() => _catalog.ResampleAudio("Out", "In", new ResampleAudioOptions { SampleRate = -1, FromSampleRate = 0 }),
            "SampleRate is -1", "FromSampleRate is 0");
        AssertFaults(() => _catalog.LogCompress("Out", "In", 0), "Factor is 0");
        AssertFaults(() => _catalog.LogCompress("Out", "In", new LogCompressOptions { Offset = 0, Base = 1 }), "Offset is 0", "Base is 1");
        AssertFaults(() => _catalog.LogCompress("Out", "In", new LogCompressOptions { Offset = 1e-10f, Factor = 1e38f }),
            "Factor / Offset");
        AssertFaults(() => _catalog.LogMelSpectrogram("Out", "In", new MelFrontEnd { Mel = null!, Log = new(), Decibels = new() }),
            "Mel is null", "Log and Decibels");
        AssertFaults(() => _catalog.ScaleMinMax("Out", "In", (MinMaxScope)7, lower: 1, upper: 1), "Scope is 7", "Upper is 1");
        AssertFaults(() => _catalog.ScaleMinMax("Out", "In", lower: float.NaN), "Lower is NaN");
        AssertFaults(() => _catalog.FixLength("Out", "In", new FixLengthOptions()), "neither given");
        AssertFaults(() =>
            _catalog.FixLength("Out", "In", new FixLengthOptions { Count = 0, Seconds = -2, PadValue = float.NaN, Keep = (CropPart)9 }),
            "both given", "Count is 0", "Seconds is -2", "PadValue is NaN", "Keep is 9");
        AssertFaults(() => _catalog.Mfcc("Out", "In", new MfccOptions { CoefficientCount = 0, Lifter = -1 }), "CoefficientCount is 0",
            "Lifter is -1");
        AssertFaults(() => _catalog.MusicDescriptors("Out", "In", new MusicDescriptorsOptions { Groups = 0, MelOutputColumnName = "Out" }),
            "Groups is None", "MelOutputColumnName is 'Out'");
        AssertFaults(() => _catalog.MusicDescriptors("Out", "In",
            new MusicDescriptorsOptions { Groups = (DescriptorGroups)(1 << 20), Names = ["Twelfth"] }),
            "Groups is 1048576", "Names is with 'Twelfth'");
        AssertFaults(() => _catalog.PoolFrames("Out", "In", 0, (PoolKind)5), "PoolSize is 0", "Kind is 5");
        AssertFaults(() => _catalog.MelSpectrogram("Out", "In", hopLength: 0, bandCount: 0), "HopLength is 0", "BandCount is 0");
        AssertFaults(() => _catalog.Spectrogram("Out", "In", fftLength: 1, power: 3), "FftLength is 1", "Power is 3");
        AssertFaults(() => _catalog.PowerToDecibels("Out", "In", new DecibelOptions { AMin = 0, TopDb = -1 }), "AMin is 0", "TopDb is -1");
        AssertFaults(() => _catalog.AmplitudeToDecibels("Out", "In", topDb: -1), "TopDb is -1");
    }

    [Fact]
    public void Options_that_are_null_are_refused_by_name()
    {
        Action[] makes =
        [
            () => _catalog.LoadAudio("Out", "In", (LoadAudioOptions)null!),
            () => _catalog.ResampleAudio("Out", "In", (ResampleAudioOptions)null!),
            () => _catalog.Spectrogram("Out", "In", (SpectrogramOptions)null!),
            () => _catalog.MelSpectrogram("Out", "In", (MelSpectrogramOptions)null!),
            () => _catalog.PowerToDecibels("Out", "In", (DecibelOptions)null!),
            () => _catalog.AmplitudeToDecibels("Out", "In", (DecibelOptions)null!),
            () => _catalog.LogCompress("Out", "In", (LogCompressOptions)null!),
            () => _catalog.Mfcc("Out", "In", (MfccOptions)null!),
            () => _catalog.FixLength("Out", "In", (FixLengthOptions)null!),
            () => _catalog.ConcatenateBlocks("Out", (ConcatenateBlocksOptions)null!, "In"),
            () => _catalog.PoolFrames("Out", "In", (PoolFramesOptions)null!),
            () => _catalog.ScaleMinMax("Out", "In", (ScaleMinMaxOptions)null!),
            () => _catalog.MusicDescriptors("Out", "In", (MusicDescriptorsOptions)null!),
        ];
        Assert.All(makes, make => Assert.Equal("options", Assert.Throws<ArgumentNullException>(make).ParamName));
    }

    [Fact]
    public void No_options_object_can_be_changed_or_derived_from()
    {
        Type[] all = [.. typeof(LoadAudioOptions).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Options"))];
        Assert.True(all.Length >= 11, $"{all.Length} options types");
        Assert.All(all, type => Assert.True(type.IsSealed, type.Name));
        Assert.All(all.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)), property => Assert.True(
            property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers()
                .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)),
            $"{property.DeclaringType!.Name}.{property.Name} is not init-only"));
        Assert.All(all, type => Assert.Null(type.GetMethod("Validate")));
    }

    private static void AssertFaults(Action make, params string[] faults)
    {
        var message = Assert.Throws<ArgumentException>(make).Message;
        Assert.All(faults, fault => Assert.Contains(fault, message));
    }
}
