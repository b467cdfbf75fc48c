using SongMood.Formats.Opus.Celt;
using SongMood.Formats.Opus.Silk;

namespace SongMood.Formats.Opus;

/// <summary>
/// Plays the frames of one Opus stream (RFC 6716, 4): SILK, CELT or both, and the ways from one to another (4.5).
/// </summary>
internal sealed class OpusStream
{
    private const int Unit = OpusConfiguration.ShortestFrame, Transition = 2 * Unit, SilkFrame = 4 * Unit, LongestCeltFrame = 8 * Unit;
    private const int HybridStart = 17;

    private static readonly byte[] Silence = [255, 255];

    private readonly RangeDecoder _bits = new(), _redundantBits = new();
    private readonly SilkDecoder _silk;
    private readonly CeltDecoder _celt;
    private readonly short[] _speech;
    private readonly float[] _redundant, _concealed;
    private OpusMode _previousMode;
    private bool _endedRedundant;

    /// <param name="channelCount">Channels to play: 1 or 2.</param>
    public OpusStream(int channelCount)
    {
        ChannelCount = channelCount;
        (_silk, _celt) = (new SilkDecoder(channelCount), new CeltDecoder(channelCount));
        _speech = new short[OpusConfiguration.LongestFrame * channelCount];
        _redundant = new float[Transition * channelCount];
        _concealed = new float[Transition * channelCount];
    }

    public int ChannelCount { get; }

    /// <summary>The last frame's final range, which its encoder had, too.</summary>
    public uint FinalRange { get; private set; }

    /// <summary>Plays a packet's frames.</summary>
    /// <param name="bytes">What it is in.</param>
    /// <param name="packet">Where its frames are.</param>
    /// <param name="output">Interleaved samples. Bits that are missing are zeros, so that there are always as many as it says.</param>
    public void Decode(byte[] bytes, OpusPacket packet, Span<float> output)
    {
        var configuration = packet.Configuration;
        var length = configuration.FrameLength * ChannelCount;
        for (var i = 0; i < packet.FrameCount; i++)
        {
            var (start, count) = packet.Frame(i);
            var frame = output.Slice(i * length, length);
            if (count <= 1) // nothing was sent (3.2.1)
            {
                Conceal(frame);
                FinalRange = 0;
            }
            else
                Decode(bytes, start, count, configuration, frame);
        }
    }

    private void Decode(byte[] bytes, int start, int count, OpusConfiguration configuration, Span<float> output)
    {
        var mode = configuration.Mode;
        _bits.Start(bytes, start, count);
        var isChange = _previousMode != OpusMode.None && (mode == OpusMode.Celt
            ? _previousMode != OpusMode.Celt && !_endedRedundant
            : _previousMode == OpusMode.Celt);
        var concealed = _concealed.AsSpan(0, Math.Min(Transition, configuration.FrameLength) * ChannelCount);
        if (isChange && mode == OpusMode.Celt)
            Conceal(concealed);
        if (mode != OpusMode.Celt)
            PlaySpeech(configuration, output.Length);

        var redundancy = mode == OpusMode.Celt ? default : ReadRedundancy(mode);
        if (redundancy.Length > 0)
            isChange = false;
        if (isChange && mode != OpusMode.Celt)
            Conceal(concealed);

        uint redundantRange = 0;
        if (redundancy is { Length: > 0, IsFirst: true })
            redundantRange = PlayRedundant(bytes, start, redundancy.Length, configuration);
        PlayMusic(configuration, redundancy, output);
        if (mode != OpusMode.Celt)
            for (var i = 0; i < output.Length; i++)
                output[i] += _speech[i] * (1 / 32768f);
        if (redundancy is { Length: > 0, IsFirst: false })
        {
            _celt.Reset();
            redundantRange = PlayRedundant(bytes, start, redundancy.Length, configuration);
            var end = output[^(Unit * ChannelCount)..];
            Fade(end, _redundant.AsSpan(Unit * ChannelCount), end);
        }

        if (redundancy is { Length: > 0, IsFirst: true } && (_previousMode != OpusMode.Silk || _endedRedundant))
            Begin(_redundant, output);
        if (isChange)
            Begin(concealed, output);
        FinalRange = _bits.Range ^ redundantRange;
        _previousMode = mode;
        _endedRedundant = redundancy is { Length: > 0, IsFirst: false };
    }

    private void PlaySpeech(OpusConfiguration configuration, int length)
    {
        if (_previousMode == OpusMode.Celt)
            _silk.Reset();
        var rate = configuration is { Mode: OpusMode.Silk, Bandwidth: < 2 } ? 8 + 4 * configuration.Bandwidth : 16;
        _silk.Decode(_bits, rate, configuration.FrameLength / 48, configuration.IsStereo, _speech.AsSpan(0, length));
    }

    // With SILK alone, the transform's last frame fades out behind a change.
    private void PlayMusic(OpusConfiguration configuration, (int Length, bool IsFirst) redundancy, Span<float> output)
    {
        var mode = configuration.Mode;
        if (mode != OpusMode.Silk)
        {
            if (mode != _previousMode && _previousMode != OpusMode.None && !_endedRedundant)
                _celt.Reset();
            _celt.Decode(_bits, configuration.FrameLength, Channels(configuration), mode == OpusMode.Hybrid ? HybridStart : 0,
                EndBand(configuration), output);
            return;
        }

        output.Clear();
        if (_previousMode != OpusMode.Hybrid || (redundancy is { Length: > 0, IsFirst: true } && _endedRedundant))
            return;
        _redundantBits.Start(Silence, 0, Silence.Length);
        _celt.Decode(_redundantBits, Unit, Channels(configuration), 0, EndBand(configuration), output);
    }

    // 4.5.1: a frame of 5 ms of the transform at the end of SILK's, for a change before or behind it.
    private (int Length, bool IsFirst) ReadRedundancy(OpusMode mode)
    {
        var isHybrid = mode == OpusMode.Hybrid;
        if (_bits.Tell + 17 + (isHybrid ? 20 : 0) > _bits.BitLength || (isHybrid && !_bits.Bit(12)))
            return default;
        var isFirst = _bits.Bit(1);
        var length = isHybrid ? (int)_bits.Uniform(256) + 2 : _bits.Length - ((_bits.Tell + 7) >> 3);
        var rest = _bits.Length - length;
        if (8 * rest < _bits.Tell) // only in damaged packets
        {
            _bits.Length = 0;
            return default;
        }

        _bits.Length = rest;
        return (length, isFirst);
    }

    private uint PlayRedundant(byte[] bytes, int start, int length, OpusConfiguration configuration)
    {
        _redundantBits.Start(bytes, start + _bits.Length, length);
        _celt.Decode(_redundantBits, Transition, Channels(configuration), 0, EndBand(configuration), _redundant);
        return _redundantBits.Range;
    }

    /// <summary>Plays on where a frame is missing.</summary>
    private void Conceal(Span<float> output)
    {
        var mode = _endedRedundant ? OpusMode.Celt : _previousMode;
        while (output.Length > 0)
        {
            var length = Math.Min(output.Length / ChannelCount, LongestCeltFrame);
            if (length > SilkFrame && length < LongestCeltFrame)
                length = SilkFrame;
            else if (mode != OpusMode.Silk && length > Transition && length < SilkFrame)
                length = Transition;
            var part = output[..(length * ChannelCount)];
            output = output[part.Length..];
            part.Clear();
            if (mode == OpusMode.None)
                continue;
            if (mode != OpusMode.Silk)
                _celt.Conceal(length, mode == OpusMode.Hybrid ? HybridStart : 0, part);
            if (mode != OpusMode.Celt)
                ConcealSpeech(length, part);
            _previousMode = mode;
            _endedRedundant = false;
        }
    }

    private void ConcealSpeech(int length, Span<float> output)
    {
        var milliseconds = Math.Max(10, length / 48);
        _silk.Conceal(milliseconds, _speech.AsSpan(0, 48 * milliseconds * ChannelCount));
        for (var i = 0; i < output.Length; i++)
            output[i] += _speech[i] * (1 / 32768f);
    }

    // 2.5 ms of what was before, then 2.5 ms to what is.
    private void Begin(ReadOnlySpan<float> before, Span<float> output)
    {
        var part = Unit * ChannelCount;
        if (output.Length < 2 * part)
        {
            Fade(before, output, output);
            return;
        }

        before[..part].CopyTo(output);
        Fade(before[part..], output[part..], output[part..]);
    }

    private void Fade(ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> output)
    {
        var window = InverseMdct.Window;
        for (var i = 0; i < Unit; i++)
        {
            var share = window[i] * window[i];
            for (var at = i * ChannelCount; at < (i + 1) * ChannelCount; at++)
                output[at] = share * to[at] + (1 - share) * from[at];
        }
    }

    private static int Channels(OpusConfiguration configuration) => configuration.IsStereo ? 2 : 1;

    private static int EndBand(OpusConfiguration configuration) =>
        configuration.Bandwidth switch { 0 => 13, 1 or 2 => 17, 3 => 19, _ => 21 };
}
