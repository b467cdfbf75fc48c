using System.Globalization;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>librosa's values for fixed signals (the data folder's golden/): float32 .npy files, row-major (rows, frames).</summary>
internal static class GoldenDescriptors
{
    public const int SampleRate = 22050;

    public static float[] Signal(string name) => Read($"signal.{name}.npy");

    public static float[] Descriptor(string function, string signal) => Read($"desc.{function}.{signal}.npy");

    /// <summary>Mean of |ours - librosa's| over mean of |librosa's|, in percent.</summary>
    public static double RelativeDifferencePercent(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = 0, size = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            difference += Math.Abs(expected[i] - actual[i]);
            size += Math.Abs(expected[i]);
        }
        return 100 * difference / size;
    }

    public static void AssertWithinOnePercent(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var percent = RelativeDifferencePercent(expected, actual);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {percent:G3} %"));
        Assert.True(percent < 1,
            string.Create(CultureInfo.InvariantCulture, $"{what} differs from librosa by {percent:G4} % (allowed: 1 %)"));
    }

    private static float[] ByRows(float[] byColumns, int rows)
    {
        var columns = byColumns.Length / rows;
        return [.. Enumerable.Range(0, byColumns.Length).Select(i => byColumns[i % columns * rows + i / columns])];
    }

    private static float[] Read(string file)
    {
        var bytes = File.ReadAllBytes(TestData.Require("golden", file));
        var header = 10 + BitConverter.ToUInt16(bytes, 8); // NPY format 1.0: magic (6), version (2), header length (2), header
        var values = new float[(bytes.Length - header) / sizeof(float)];
        Buffer.BlockCopy(bytes, header, values, 0, values.Length * sizeof(float));
        var description = System.Text.Encoding.ASCII.GetString(bytes, 10, header - 10);
        return description.Contains("'fortran_order': True")
            ? ByRows(values, rows: int.Parse(description.Split('(')[1].Split(',')[0])) : values;
    }
}
