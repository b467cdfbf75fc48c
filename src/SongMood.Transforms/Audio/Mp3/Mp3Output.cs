using System.Numerics.Tensors;

namespace SongMood.Audio.Mp3;

/// <summary>Collects the samples wanted, in the first frame's number of channels or mixed down.</summary>
internal sealed class Mp3Output
{
    private readonly long _firstSample;
    private readonly bool _isShaped;

    /// <summary>
    /// Wants <paramref name="count"/> samples of the stream from <paramref name="start"/> on, counted from the first decodable frame.
    /// </summary>
    public Mp3Output(FrameHeader first, AudioReadOptions options, long start, int count)
    {
        var isMono = options.Mono || first.ChannelCount == 1;

        // Half the rate is a whole number at all rates but 11,025 Hz.
        var isHalfEnough = first.SampleRate % 2 == 0 && 2 * options.SampleRate <= first.SampleRate;
        IsHalfRate = options.Quality == AudioQuality.Fast && isMono && isHalfEnough;
        RateDivisor = IsHalfRate ? 2 : 1;
        SampleRate = first.SampleRate / RateDivisor;
        _firstSample = start;
        _isShaped = options.SampleRate == SampleRate; // where resampling follows, it shapes the band's end
        Start = start / RateDivisor;
        Channels = new float[isMono ? 1 : 2][];
        for (var channel = 0; channel < Channels.Length; channel++)
            Channels[channel] = GC.AllocateUninitializedArray<float>((count + RateDivisor - 1) / RateDivisor);
    }

    /// <summary>Whether mono at half the stream's rate is collected.</summary>
    public bool IsHalfRate { get; }

    /// <summary>1, or 2 at half the rate.</summary>
    public int RateDivisor { get; }

    /// <summary>Samples a second of what is collected.</summary>
    public int SampleRate { get; }

    /// <summary>A decoder that gives what is wanted.</summary>
    public IFrameDecoder MakeDecoder() => IsHalfRate ? new HalfRateDecoder(_firstSample % 2 == 1, _isShaped) : new FrameDecoder();

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
