using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

/// <summary>A float32 array in NumPy's file format (version 1.0, little endian), in row-major order.</summary>
internal sealed partial record Npy(int[] Shape, float[] Values)
{
    public static Npy Load(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal("NUMPY", System.Text.Encoding.ASCII.GetString(bytes, 1, 5));
        Assert.Equal(1, bytes[6]);
        var headerLength = BitConverter.ToUInt16(bytes, 8);
        var header = System.Text.Encoding.ASCII.GetString(bytes, 10, headerLength);
        Assert.Contains("'descr': '<f4'", header);
        Assert.Contains("'fortran_order': False", header);
        var shape = ShapePattern().Match(header).Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + headerLength)).ToArray();
        Assert.Equal(shape.Aggregate(1, (a, b) => a * b), values.Length);
        return new Npy(shape, values);
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
