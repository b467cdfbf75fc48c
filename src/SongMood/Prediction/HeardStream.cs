using System.Diagnostics;
using SongMood.Audio;

namespace SongMood.Prediction;

/// <summary>Passes a song on as it is read, and lets a <see cref="SoundCheck"/> listen, about a second at a time.</summary>
internal sealed class HeardStream : SampleStream
{
    private const int MostValues = 1 << 24; // 64 MiB of many channels at a high rate
    private readonly SampleStream _inner;
    private readonly SoundCheck _check;
    private readonly float[][] _chunk; // its rows may be longer than it is
    private readonly int _chunkLength;
    private int _count; // in the chunk
    private long _position;

    /// <param name="inner">The song.</param>
    /// <param name="check">Who listens.</param>
    /// <param name="rows">Where samples lie until they are heard: nobody else's before the song is heard.</param>
    public HeardStream(SampleStream inner, SoundCheck check, KeptRows rows)
    {
        (_inner, _check) = (inner, check);
        // A second of two channels stays in a processor's cache.
        var block = SoundCheck.BlockLength(inner.SampleRate);
        var blocks = ((long)Math.Max(inner.SampleRate, 2 * ToneCheck.FrameLength) + block - 1) / block;
        _chunkLength = (int)Math.Min(inner.SampleCount, Math.Min(blocks * block, MostValues / inner.ChannelCount));
        _chunk = rows.Of(inner.ChannelCount, _chunkLength);
    }

    public override int SampleRate => _inner.SampleRate;

    public override int ChannelCount => _inner.ChannelCount;

    public override long SampleCount => _inner.SampleCount;

    public override AudioDamage Damage => _inner.Damage;

    /// <summary>The stopwatch's ticks that reading took, which is decoding.</summary>
    public long ReadingTicks { get; private set; }

    public override void Read(float[][] target, int start, int count)
    {
        var before = Stopwatch.GetTimestamp();
        _inner.Read(target, start, count);
        ReadingTicks += Stopwatch.GetTimestamp() - before;
        _position += count;
        while (count > 0)
        {
            var taken = Math.Min(count, _chunkLength - _count);
            for (var channel = 0; channel < target.Length; channel++)
                target[channel].AsSpan(start, taken).CopyTo(_chunk[channel].AsSpan(_count));
            (_count, start, count) = (_count + taken, start + taken, count - taken);
            if (_count == _chunkLength)
                Hear();
        }
    }

    /// <summary>Reads what is left, which a change of rate may not have needed: all is heard then.</summary>
    public void HearRest()
    {
        Skip(SampleCount - _position);
        if (_count > 0)
            Hear();
    }

    private void Hear()
    {
        _check.Add(new Waveform(_chunk, _count, SampleRate, Damage));
        _count = 0;
    }
}
