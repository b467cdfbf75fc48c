using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using SongMood.Tests.Scoring.Checks;

namespace SongMood.Tests.Prediction;

/// <summary>Changes model zips as damage or malice would.</summary>
internal static partial class ModelMutants
{
    private static readonly string[] Numbers =
        ["0", "-1", "1", "2", "3", "7", "1e9", "1e-9", "-1e30", "1000000", "2147483647", "4294967296", "1e308", "\"NaN\"", "null", "true",
            "\"x\"", "[]", "{}", "0.5", "65536", "1048576"];
    private static readonly ulong[] Extremes =
        [0, 1, 2, 3, 7, 64, 1000, 1 << 20, int.MaxValue, uint.MaxValue, 1UL << 40, long.MaxValue, ulong.MaxValue,
            unchecked((ulong)long.MinValue)];
    private static readonly string[] Operators =
        ["Loop", "If", "Scan", "Concat", "Add", "MatMul", "Transpose", "Reshape", "Gather", "LSTM", "GRU", "Identity", "Split", "ReduceSum",
            "Conv", "Softmax", "Squeeze"];

    public static byte[] Mutate(Random random, byte[] model)
    {
        if (random.Next(8) == 0)
            return Damage(random, model);
        var entries = Unpack(model);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(entries.Count);
            var (name, content) = entries[at];
            switch (random.Next(12))
            {
                case 0:
                    entries.RemoveAt(at);
                    if (entries.Count == 0)
                        return model;
                    break;
                case 1:
                    entries.Add((entries[random.Next(entries.Count)].Name, content)); // twice, or another's content
                    break;
                case 2:
                    entries[at] = (name, entries[random.Next(entries.Count)].Content);
                    break;
                case < 6:
                    entries[at] = (name, Damage(random, content));
                    break;
                default:
                    entries[at] = (name, name.EndsWith(".json") ? MutateJson(random, content) : name.EndsWith(".onnx")
                        ? MutateGraph(random, content) : Damage(random, content));
                    break;
            }
        }
        return Pack(entries);
    }

    private static byte[] MutateJson(Random random, byte[] json)
    {
        var text = Encoding.UTF8.GetString(json);
        var values = JsonValue().Matches(text);
        if (values.Count == 0)
            return Damage(random, json); // an earlier change left none
        var value = values[random.Next(values.Count)].Groups[1];
        var other = random.Next(3) == 0 ? values[random.Next(values.Count)].Groups[1].Value : Numbers[random.Next(Numbers.Length)];
        return Encoding.UTF8.GetBytes(text[..value.Index] + other + text[(value.Index + value.Length)..]);
    }

    private static byte[] MutateGraph(Random random, byte[] bytes)
    {
        Wire model;
        try
        {
            model = Wire.Model(bytes);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException or InvalidDataException or OverflowException)
        {
            return Damage(random, bytes); // an earlier change made it none
        }
        var all = model.Everything().ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var (owner, field) = all[random.Next(all.Length)];
            switch (random.Next(6))
            {
                case 0:
                    owner.Fields.Remove(field);
                    break;
                case 1:
                    owner.Fields.Add(field);
                    break;
                case 2:
                    field.Number = random.Next(1, 30);
                    break;
                case 3:
                    var (_, other) = all[random.Next(all.Length)];
                    if (other.Value is not Wire) // a message within itself has no end
                        field.Value = other.Value;
                    break;
                default:
                    field.Value = field.Value switch
                    {
                        ulong => Extremes[random.Next(Extremes.Length)],
                        uint => BitConverter.SingleToUInt32Bits((float)Math.Pow(10, random.Next(-40, 39))),
                        byte[] { Length: > 0 and < 40 } when random.Next(2) == 0 =>
                            Encoding.UTF8.GetBytes(Operators[random.Next(Operators.Length)]),
                        byte[] { Length: > 0 } content => Damage(random, content),
                        var same => same,
                    };
                    break;
            }
        }
        return model.ToBytes();
    }

    private static byte[] Damage(Random random, byte[] content)
    {
        if (content.Length == 0)
            return [(byte)random.Next(256)];
        byte[] bytes = [.. content];
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                return [.. bytes[..random.Next(bytes.Length)], .. bytes[random.Next(bytes.Length)..]];
            default:
                for (var i = random.Next(1, 12); i > 0; i--)
                    bytes[random.Next(random.Next(2) == 0 ? bytes.Length : Math.Min(bytes.Length, 600))] = (byte)random.Next(256);
                return bytes;
        }
    }

    private static List<(string Name, byte[] Content)> Unpack(byte[] model)
    {
        using var zip = new ZipArchive(new MemoryStream(model));
        return [.. zip.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using (var from = entry.Open())
                from.CopyTo(content);
            return (entry.FullName, content.ToArray());
        })];
    }

    private static byte[] Pack(List<(string Name, byte[] Content)> entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var to = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                to.Write(content);
            }
        return bytes.ToArray();
    }

    [GeneratedRegex("""(?:: |\n\s+)("[^"]*"|-?[0-9][0-9.eE+-]*|true|false|null)(?=[,\n])""")]
    private static partial Regex JsonValue();
}
