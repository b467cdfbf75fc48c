using SongMood.Audio;

namespace SongMood.Formats.Vorbis;

/// <summary>
/// A stream's samples from one of them on. A block's samples depend on it and the one before it alone, so that a part is bit for bit that
/// of the whole.
/// </summary>
internal sealed class VorbisStream : PacketStream
{
    private readonly VorbisLayout _layout;
    private readonly CancellationToken _cancellation;
    private readonly VorbisBlock _block;
    private readonly VorbisSynthesis _synthesis;
    private readonly float[][] _samples, _ordered; // the same rows, as the stream has them and as they come out
    private int _next;

    /// <param name="layout">Where the blocks are.</param>
    /// <param name="start">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Ends decoding.</param>
    public VorbisStream(VorbisLayout layout, long start, long count, CancellationToken cancellation)
    {
        (_layout, _cancellation, SampleCount) = (layout, cancellation, count);
        (_block, _synthesis) = (new VorbisBlock(layout.Head, layout.Setup), new VorbisSynthesis(layout.Head));
        _samples = NewRows(layout.Head.LongLength / 2);
        _ordered = [.. SpeakerOrder.Of(ChannelCount).Select(from => _samples[from])];
        var sample = start + layout.Skipped;
        var block = layout.BlockAt(sample);
        for (_next = Math.Max(0, block - 1); _next < block;)
            Play();
        Give(_ordered, (int)(sample - layout.StartOf(block)), Play());
    }

    public override int SampleRate => _layout.SampleRate;

    public override int ChannelCount => _layout.ChannelCount;

    public override long SampleCount { get; }

    protected override void PlayNext() => Give(_ordered, 0, Play());

    private int Play()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (!_block.TryRead(_layout.PacketOf(_next++)))
            throw new AudioFormatException("the input changed while it was read; read it again");
        var count = _synthesis.Play(_block, _samples);
        var first = _layout.StartOf(_next - 1) - _layout.Skipped;
        for (var channel = 0; channel < _samples.Length; channel++)
            SampleLimit.Require(_samples[channel].AsSpan(0, count), channel, _samples.Length, first);
        return count;
    }
}
