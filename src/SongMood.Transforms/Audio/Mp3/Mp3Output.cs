using System.Numerics.Tensors;

namespace SongMood.Audio.Mp3;

/// <summary>Collects the samples wanted, in the first frame's number of channels or mixed down.</summary>
internal sealed class Mp3Output
{
    private readonly int _sourceChannels;

    /// <summary>Wants <paramref name="count"/> samples from <paramref name="start"/> on, counted from the first decodable frame.</summary>
    public Mp3Output(FrameHeader first, bool isMono, long start, int count)
    {
        _sourceChannels = first.ChannelCount;
        Start = start;
        Channels = new float[isMono ? 1 : _sourceChannels][];
        for (var channel = 0; channel < Channels.Length; channel++)
            Channels[channel] = GC.AllocateUninitializedArray<float>(count);
    }

    public float[][] Channels { get; }

    public long Start { get; }

    public long End => Start + Channels[0].Length;

    /// <summary>Takes a frame's samples, of which the first is number <paramref name="position"/> of the stream.</summary>
    public void Add(float[] left, float[] right, int channelCount, int sampleCount, long position)
    {
        var from = (int)Math.Max(0, Start - position);
        var to = (int)Math.Min(sampleCount, End - position);
        if (from >= to)
            return;
        var at = (int)(position + from - Start);
        if (Channels.Length == 2)
        {
            // A stream may change between one and two channels; what comes out keeps the first frame's.
            left.AsSpan(from..to).CopyTo(Channels[0].AsSpan(at));
            (channelCount == 2 ? right : left).AsSpan(from..to).CopyTo(Channels[1].AsSpan(at));
            return;
        }

        var target = Channels[0].AsSpan(at, to - from);
        if (channelCount == 1)
            left.AsSpan(from..to).CopyTo(target);
        else
        {
            TensorPrimitives.Add(left.AsSpan(from..to), right.AsSpan(from..to), target);
            TensorPrimitives.Multiply(target, 0.5f, target);
        }
    }
}
