using System.Text;

namespace SongMood.Tests.Scoring.Checks;

/// <summary>
/// A protobuf message as its fields, so that tests can write graphs that no honest writer would. Which fields are messages within, the
/// schema says (onnx.proto): graph 7, its nodes 1, constants 5, inputs 11 and outputs 12; a node's attributes 5.
/// </summary>
internal sealed class Wire
{
    public const int Graph = 7, OperatorSets = 8;
    public const int Node = 1, Constant = 5, GraphInput = 11, GraphOutput = 12;
    public const int NodeInput = 1, NodeOutput = 2, NodeName = 3, OperatorType = 4, Attribute = 5;

    public List<Field> Fields { get; } = [];

    public sealed class Field
    {
        public required int Number { get; set; }

        /// <summary>A number, the bytes of 4 or 8 (fixed), a byte array, or a message.</summary>
        public required object Value { get; set; }

        public string Text => Encoding.UTF8.GetString((byte[])Value);
    }

    public static Wire Model(byte[] bytes) => Read(bytes, Schema.Model);

    public IEnumerable<Wire> All(int number) => Fields.Where(field => field.Number == number).Select(field => (Wire)field.Value);

    public Wire One(int number) => All(number).Single();

    public Wire Add(int number, object value)
    {
        Fields.Add(new Field
        {
            Number = number,
            Value = value is string text ? Encoding.UTF8.GetBytes(text) : value is int or long
            ? Convert.ToUInt64(value) : value
        });
        return this;
    }

    /// <summary>Every field of this message and of those within.</summary>
    public IEnumerable<(Wire Owner, Field Field)> Everything() => Fields.SelectMany(field =>
        field.Value is Wire inner ? inner.Everything().Prepend((this, field)) : [(this, field)]);

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        foreach (var field in Fields)
            switch (field.Value)
            {
                case ulong number:
                    WriteNumber(bytes, (ulong)field.Number << 3);
                    WriteNumber(bytes, number);
                    break;
                case uint four:
                    WriteNumber(bytes, (ulong)field.Number << 3 | 5);
                    bytes.Write(BitConverter.GetBytes(four));
                    break;
                default:
                    var content = field.Value is Wire inner ? inner.ToBytes() : (byte[])field.Value;
                    WriteNumber(bytes, (ulong)field.Number << 3 | 2);
                    WriteNumber(bytes, (ulong)content.Length);
                    bytes.Write(content);
                    break;
            }
        return bytes.ToArray();
    }

    private static Wire Read(ReadOnlySpan<byte> bytes, Schema schema)
    {
        var message = new Wire();
        while (!bytes.IsEmpty)
        {
            var tag = ReadNumber(ref bytes);
            var number = (int)(tag >> 3);
            object value;
            switch (tag & 7)
            {
                case 0:
                    value = ReadNumber(ref bytes);
                    break;
                case 5:
                    value = BitConverter.ToUInt32(bytes);
                    bytes = bytes[4..];
                    break;
                case 2:
                    var length = (int)ReadNumber(ref bytes);
                    value = schema.Within.TryGetValue(number, out var inner) ? Read(bytes[..length], inner) : bytes[..length].ToArray();
                    bytes = bytes[length..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
            message.Fields.Add(new Field { Number = number, Value = value });
        }
        return message;
    }

    private static ulong ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private static void WriteNumber(Stream bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.WriteByte((byte)(value | 0x80));
        bytes.WriteByte((byte)value);
    }

    private sealed record Schema(Dictionary<int, Schema> Within)
    {
        private static readonly Schema Leaf = new(new Dictionary<int, Schema>());
        private static readonly Schema Shape = new(new Dictionary<int, Schema> { [1] = Leaf });
        private static readonly Schema Type = new(new Dictionary<int, Schema> { [1] = new(new Dictionary<int, Schema> { [2] = Shape }) });
        private static readonly Schema Value = new(new Dictionary<int, Schema> { [2] = Type });
        private static readonly Schema NodeOf = new(new Dictionary<int, Schema> { [Attribute] = Leaf });

        public static readonly Schema Model = new(new Dictionary<int, Schema>
        {
            [Graph] = new(new Dictionary<int, Schema> { [Node] = NodeOf, [Constant] = Leaf, [GraphInput] = Value, [GraphOutput] = Value }),
            [OperatorSets] = Leaf,
        });
    }
}
