namespace SongMood.Scoring;

/// <summary>
/// Tells apart, in an ONNX file's bytes, the weights from all the rest, which in memory takes many times its size: two bytes can be a
/// node. Reads the protobuf wire format (protobuf.dev/programming-guides/encoding) without unpacking anything.
/// </summary>
internal static class OnnxWire
{
    // ModelProto.graph, GraphProto.initializer, TensorProto.raw_data (onnx.proto).
    private static readonly int[] Weights = [7, 5, 9];

    /// <exception cref="InvalidDataException">It is no protobuf message.</exception>
    public static long BytesBesideWeights(ReadOnlySpan<byte> model) => model.Length - Sum(model, Weights);

    private static long Sum(ReadOnlySpan<byte> message, ReadOnlySpan<int> path)
    {
        var sum = 0L;
        while (!message.IsEmpty)
        {
            var tag = ReadVarint(ref message);
            switch (tag & 7)
            {
                case 0:
                    ReadVarint(ref message);
                    break;
                case 1:
                    Take(ref message, 8);
                    break;
                case 2:
                    var content = Take(ref message, ReadVarint(ref message));
                    if (tag >> 3 == (ulong)path[0])
                        sum += path.Length == 1 ? content.Length : Sum(content, path[1..]);
                    break;
                case 5:
                    Take(ref message, 4);
                    break;
                default:
                    throw new InvalidDataException($"a field has the wire type {tag & 7}, which ONNX does not use");
            }
        }
        return sum;
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref message, 1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new InvalidDataException("a number has more than ten bytes");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, ulong count)
    {
        if (count > (ulong)message.Length)
            throw new InvalidDataException("it ends within a field");
        var taken = message[..(int)count];
        message = message[(int)count..];
        return taken;
    }
}
