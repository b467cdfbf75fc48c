using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace BringYourEmbedding.Networks;

/// <summary>
/// The float arrays of a .npz file by name. Such a file is a zip of .npy entries: a magic word, a version, a Python dictionary that
/// says type and shape, then the numbers (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
/// </summary>
internal sealed partial class NumpyArchive : IDisposable
{
    private readonly ZipArchive _zip;

    public NumpyArchive(string path)
    {
        Path = path;
        _zip = ZipFile.OpenRead(path);
    }

    public string Path { get; }

    public float[] Values(string name) => Array(name).Values;

    public int[] Shape(string name) => Array(name).Shape;

    public bool Has(string name) => _zip.GetEntry($"{name}.npy") is not null;

    public (float[] Values, int[] Shape) Array(string name)
    {
        var (numbers, type, isByColumns, shape) = Read(name);
        float[] values = type switch
        {
            "<f4" => MemoryMarshal.Cast<byte, float>(numbers).ToArray(),
            "<i4" => [.. MemoryMarshal.Cast<byte, int>(numbers).ToArray().Select(value => (float)value)],
            _ => throw new InvalidDataException($"{Path}: '{name}' holds numbers of type {type}, expected <f4 or <i4."),
        };
        if (!isByColumns)
            return (values, shape);
        if (shape.Length != 2)
            throw new InvalidDataException($"{Path}: '{name}' is column by column and has {shape.Length} axes, expected two.");
        var byRows = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            byRows[i % shape[0] * shape[1] + i / shape[0]] = values[i];
        return (byRows, shape);
    }

    /// <summary>An array of texts: four bytes a character, each text filled up with zeros to the longest.</summary>
    public string[] Texts(string name)
    {
        var (numbers, type, _, shape) = Read(name);
        if (!type.StartsWith("<U", StringComparison.Ordinal))
            throw new InvalidDataException($"{Path}: '{name}' holds values of type {type}, expected texts (<U).");
        var size = 4 * int.Parse(type[2..]);
        return [.. Enumerable.Range(0, shape[0]).Select(i => Encoding.UTF32.GetString(numbers, i * size, size).TrimEnd('\0'))];
    }

    public void Dispose() => _zip.Dispose();

    private (byte[] Numbers, string Type, bool IsByColumns, int[] Shape) Read(string name)
    {
        var entry = _zip.GetEntry($"{name}.npy") ?? throw new InvalidDataException($"{Path} has no array '{name}'.");
        using var memory = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(memory);
        var bytes = memory.ToArray();
        if (bytes.Length < 10 || bytes[0] != 0x93 || bytes[6] != 1)
            throw new InvalidDataException($"{Path}: '{name}' is no .npy of version 1.");
        var headerLength = BitConverter.ToUInt16(bytes, 8);
        var header = Encoding.ASCII.GetString(bytes, 10, headerLength);
        var found = Header().Match(header);
        if (!found.Success)
            throw new InvalidDataException($"{Path}: the header of '{name}' is {header.Trim()}, expected type, order and shape.");
        var shape = found.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (bytes[(10 + headerLength)..], found.Groups["type"].Value, found.Groups["order"].Value == "True",
            [.. shape.Select(int.Parse)]);
    }

    [GeneratedRegex(@"'descr': '(?<type>[^']+)', 'fortran_order': (?<order>\w+), 'shape': \((?<shape>[^)]*)\)")]
    private static partial Regex Header();
}
