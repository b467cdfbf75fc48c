using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

public class WindowTests
{
    /// <summary>scipy.signal.get_window(kind, length) of SciPy 1.10.1.</summary>
    [Theory]
    [InlineData(WindowKind.Hann, new[]
    {
        0.0, 0.1882550990706333, 0.6112604669781573, 0.9504844339512095,
        0.9504844339512095, 0.6112604669781573, 0.1882550990706333,
    })]
    [InlineData(WindowKind.Hann, new[]
    {
        0.0, 0.14644660940672627, 0.5, 0.8535533905932738,
        1.0, 0.8535533905932738, 0.5, 0.14644660940672627,
    })]
    [InlineData(WindowKind.Hamming, new[]
    {
        0.08, 0.2531946911449827, 0.6423596296199047, 0.9544456792351128,
        0.9544456792351128, 0.6423596296199047, 0.2531946911449827,
    })]
    [InlineData(WindowKind.Blackman, new[]
    {
        0.0, 0.06644660940672624, 0.34, 0.7735533905932739,
        1.0, 0.7735533905932739, 0.34, 0.06644660940672624,
    })]
    [InlineData(WindowKind.Kaiser, new[]
    {
        0.0013325139979024198, 0.09113651292826536, 0.45964377459338085, 0.9204615832581574,
        0.9204615832581574, 0.45964377459338085, 0.09113651292826536,
    })]
    [InlineData(WindowKind.Kaiser, new[]
    {
        0.0013325139979024198, 0.06747207920440855, 0.34039362244018856, 0.7738293810170912,
        1.0, 0.7738293810170912, 0.34039362244018856, 0.06747207920440855,
    })]
    [InlineData(WindowKind.Rectangular, new[] { 1.0, 1.0, 1.0 })]
    public void Is_scipys(WindowKind kind, double[] expected)
    {
        var actual = Window.Create(kind, expected.Length, kaiserBeta: 8.6);
        for (var n = 0; n < expected.Length; n++)
            Assert.Equal(expected[n], actual[n], 1e-15);
    }

    [Fact]
    public void Of_length_one_is_one()
    {
        foreach (var kind in Enum.GetValues<WindowKind>())
            Assert.Equal([1.0], Window.Create(kind, 1, kaiserBeta: 3));
    }

    [Theory]
    [InlineData(4, 8, new[] { 0.0, 0, 1, 1, 1, 1, 0, 0 })]
    [InlineData(3, 8, new[] { 0.0, 0, 1, 1, 1, 0, 0, 0 })] // librosa.util.pad_center: the odd one goes to the right
    [InlineData(4, 7, new[] { 0.0, 1, 1, 1, 1, 0, 0 })]
    public void Is_centred_in_a_longer_frame(int length, int frameLength, double[] expected) =>
        Assert.Equal(expected, Window.CreateInFrame(WindowKind.Rectangular, length, frameLength));
}
