using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

public class OptionsTests
{
    [Fact]
    public void Mel_defaults_are_librosas()
    {
        var o = new MelSpectrogramOptions();
        Assert.Equal((22050, 2048, 512, null), (o.SampleRate, o.FftLength, o.HopLength, o.WindowLength));
        Assert.Equal((WindowKind.Hann, true, PadMode.Constant, 2), (o.Window, o.Center, o.PadMode, o.Power));
        Assert.Equal((128, 0.0, null, MelScale.Slaney, MelNorm.Area), (o.BandCount, o.MinHz, o.MaxHz, o.MelScale, o.MelNorm));
        Assert.Equal((12, false, TriangleScale.Hz), (o.KaiserBeta, o.WindowAtStart, o.TriangleScale));
        Assert.Equal(11025, o.EffectiveMaxHz);
    }

    [Fact]
    public void Spectrogram_defaults_are_librosas()
    {
        var o = new SpectrogramOptions();
        Assert.Equal((2048, 512, null, WindowKind.Hann), (o.FftLength, o.HopLength, o.WindowLength, o.Window));
        Assert.Equal((true, PadMode.Constant, 2, 12.0, false), (o.Center, o.PadMode, o.Power, o.KaiserBeta, o.WindowAtStart));
    }

    [Fact]
    public void Decibel_defaults_are_librosas()
    {
        var o = new DecibelOptions();
        Assert.Equal((false, 1.0, null, 80.0), (o.ReferenceIsMax, o.Reference, o.AMin, o.TopDb));
    }

    [Fact]
    public void Every_fault_is_listed()
    {
        var mel = new MelSpectrogramOptions
        {
            SampleRate = 0,
            FftLength = 1,
            HopLength = 0,
            WindowLength = 4,
            Window = (WindowKind)9,
            KaiserBeta = -1,
            PadMode = (PadMode)9,
            Power = 3,
            BandCount = 0,
            MinHz = -1,
            MaxHz = -2,
            MelScale = (MelScale)9,
            MelNorm = (MelNorm)9,
            TriangleScale = (TriangleScale)9,
        };
        var message = Assert.Throws<ArgumentException>(() => new MelSpectrogram(mel)).Message;
        foreach (var name in typeof(MelSpectrogramOptions).GetProperties()
            .Where(p => p.CanWrite && p.PropertyType != typeof(bool)).Select(p => p.Name))
            Assert.Contains(name, message);
        Assert.Contains("HopLength is 0, expected at least 1", message);

        var spectrogram = new SpectrogramOptions { FftLength = 0, HopLength = -1, WindowLength = 0, KaiserBeta = double.NaN, Power = 0 };
        message = Assert.Throws<ArgumentException>(() => new Spectrogram(spectrogram)).Message;
        foreach (var name in new[] { "FftLength", "HopLength", "WindowLength", "KaiserBeta", "Power" })
            Assert.Contains(name, message);

        var huge = new MelSpectrogramOptions { FftLength = int.MaxValue, BandCount = int.MaxValue };
        message = Assert.Throws<ArgumentException>(() => new MelSpectrogram(huge)).Message;
        Assert.Contains("FftLength is 2147483647, expected from 2 to 1048576", message);
        Assert.Contains("BandCount is 2147483647, expected from 1 to 65536", message);

        var crowded = new SpectrogramOptions { FftLength = 1 << 20, HopLength = 511 };
        Assert.Contains("HopLength is 511, expected at least 512",
            Assert.Throws<ArgumentException>(() => new Spectrogram(crowded)).Message);

        var decibels = new DecibelOptions { Reference = double.NaN, AMin = 0, TopDb = -1 };
        message = Assert.Throws<ArgumentException>(() => Decibels.FromPower([1f], new float[1], decibels)).Message;
        foreach (var name in new[] { "Reference", "AMin", "TopDb" })
            Assert.Contains(name, message);
    }
}
