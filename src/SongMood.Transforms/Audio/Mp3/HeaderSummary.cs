using SongMood.Audio.Tags;

namespace SongMood.Audio.Mp3;

/// <summary>
/// What is told of a file: by its plan, or by an MP3's first frame (Xing, Info, VBRI). That is believed where the file has exactly as many
/// bytes as it says, and, where all frames have one bit rate, as that many frames take: then nothing was cut off or joined on since, and no
/// walk over the frames is needed to know how long the audio is.
/// </summary>
/// <param name="First">The first frame of audio.</param>
/// <param name="SampleCount">Samples a channel of the original.</param>
/// <param name="BitRate">Bits a second, the mean of all frames.</param>
/// <param name="IsVariableBitRate">Whether the frames have different bit rates.</param>
internal sealed record HeaderSummary(FrameHeader First, long SampleCount, int BitRate, bool IsVariableBitRate)
{
    /// <summary>This and the file's tags.</summary>
    /// <param name="format">The format's name.</param>
    /// <param name="input">All of the file.</param>
    /// <param name="options">The limits.</param>
    public AudioInfo ToInfo(string format, ByteSource input, AudioReadOptions options) =>
        TagText.ReadAround(input, options.MaxTagBytes).AddTo(new AudioInfo
        {
            Format = format,
            SampleRate = First.SampleRate,
            ChannelCount = First.ChannelCount,
            Duration = TimeSpan.FromSeconds((double)SampleCount / First.SampleRate),
            BitRate = BitRate,
            IsVariableBitRate = IsVariableBitRate,
        });

    /// <summary>That of an MP3; null where there is no such frame, or where it cannot be believed.</summary>
    /// <exception cref="AudioFormatException">A tag is longer than the limit.</exception>
    public static HeaderSummary? TryRead(ByteSource input, AudioReadOptions options)
    {
        var audio = input.Slice(0, TagSkipper.AudioEnd(input));
        var from = TagSkipper.AudioStart(audio, options.MaxTagBytes);
        if (!new FrameSearch(audio, LayerThree.Instance).TryFindStart(from, out var stream, out var start) || stream.Header.IsFreeFormat)
            return null;
        var length = stream.LengthOf(stream.Header);
        if (VbrHeader.TryRead(stream.Header, audio.At(start, length)[..length]) is not { FrameCount: { } frames, ByteCount: { } bytes } said
            || bytes != audio.Length - start
            || !FrameHeader.TryRead(audio.At(start + length, FrameHeader.ByteCount), out var first) || !first.BelongsWith(stream.Header))
            return null;
        var decoded = (long)frames * first.SampleCount;
        var cut = said.EncoderDelay + said.EncoderPadding;
        var seconds = (double)decoded / first.SampleRate;
        var bitRate = 8 * (bytes - length) / seconds;
        if (said.IsConstantBitRate && Math.Abs(seconds * first.BitRate / 8 - (bytes - length)) > 0.5 * length)
            return null; // so many frames of one bit rate have another number of bytes
        var isConstant = said.IsConstantBitRate || Math.Abs(bitRate - first.BitRate) < 0.005 * first.BitRate;
        return new HeaderSummary(first, said.HasDelays && cut < decoded ? decoded - cut : decoded, (int)Math.Round(bitRate), !isConstant);
    }
}
