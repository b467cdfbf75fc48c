using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>
/// A decoder of streams in an Ogg file. Their packets are kept as they are in the file, within
/// <see cref="AudioReadOptions.MaxBytes"/>; samples are made as they are read.
/// </summary>
internal abstract class OggDecoder : WindowDecoder
{
    /// <summary>The format's name.</summary>
    protected abstract string Format { get; }

    /// <summary>What the first packet of such a stream begins with.</summary>
    protected abstract ReadOnlySpan<byte> Mark { get; }

    public sealed override bool CanDecode(ByteSource input) => OggStreams.Has(input, Mark);

    public sealed override AudioInfo Probe(ByteSource input, AudioReadOptions options) => Info(Read(input, options), input, options);

    public sealed override SampleStream Open(ByteSource input, AudioReadOptions options) => Open(Read(input, options), options);

    public sealed override (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options)
    {
        var chain = Read(input, options);
        return (Open(chain, options), Info(chain, input, options));
    }

    /// <summary>Looks at a stream.</summary>
    /// <exception cref="AudioFormatException">It cannot be read.</exception>
    protected abstract IOggLayout Lay(OggStream stream);

    private OggChain Read(ByteSource input, AudioReadOptions options)
    {
        options.RequireBytes(input.Length);
        return new OggChain(Format, new OggStreams(input, Mark, options), Lay, options.CancellationToken);
    }

    private static SampleStream Open(OggChain chain, AudioReadOptions options)
    {
        var (start, count) = options.Select(chain.SampleCount, chain.SampleRate);
        return chain.Open(start, count, options.CancellationToken);
    }

    private AudioInfo Info(OggChain chain, ByteSource input, AudioReadOptions options)
    {
        var seconds = (double)chain.SampleCount / chain.SampleRate;
        var text = chain.Text;
        text.AddAround(input, options.MaxTagBytes);
        return text.AddTo(new AudioInfo
        {
            Format = Format,
            SampleRate = chain.SampleRate,
            ChannelCount = chain.ChannelCount,
            Duration = TimeSpan.FromSeconds(seconds),
            BitRate = (int)Math.Min(int.MaxValue, 8 * input.Length / seconds),
            IsVariableBitRate = true,
        });
    }
}
