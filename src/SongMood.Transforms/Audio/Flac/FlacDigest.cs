using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SongMood.Audio.Flac;

/// <summary>
/// The MD5 of all samples as the encoder was given them (RFC 9639, 8.2): interleaved, in little-endian order, in as many bytes as they
/// need.
/// </summary>
internal sealed class FlacDigest
{
    private readonly IncrementalHash _hash;
    private readonly StreamInfo _info;
    private byte[] _bytes = [];

    private FlacDigest(IncrementalHash hash, StreamInfo info) => (_hash, _info) = (hash, info);

    /// <summary>Whether what was added is what the encoder was given.</summary>
    public bool IsRight => _hash.GetHashAndReset().AsSpan().SequenceEqual(_info.Digest);

    /// <summary>A digest to add all frames to; null where there is none to compare with, or the machine's rules forbid MD5.</summary>
    public static FlacDigest? TryBegin(FlacLayout layout)
    {
        if (layout.Info is not { Digest.Length: > 0 } info || layout.Base != 0 || layout.SkippedBefore > 0
            || (info.SampleCount != 0 && info.SampleCount != layout.SampleCount))
            return null;
        try
        {
            return new FlacDigest(IncrementalHash.CreateHash(HashAlgorithmName.MD5), info);
        }
        catch (CryptographicException) // where only what FIPS 140 allows may be used
        {
            return null;
        }
    }

    /// <summary>Adds the frame decoded last; null where it is not of the form that the digest is made of.</summary>
    public FlacDigest? Add(in FlacFrame frame, FlacFrameDecoder decoder)
    {
        var (channels, count) = (frame.Header.ChannelCount, frame.Header.BlockSize);
        if (channels != _info.ChannelCount || frame.Depth != _info.BitsPerSample)
            return null;
        var width = (frame.Depth + 7) / 8;
        var length = channels * count * width;
        if (_bytes.Length < length + sizeof(int))
            _bytes = new byte[length + sizeof(int)];
        if (width == 2 && channels == 2)
            Interleave16(decoder.Channel(0, 0, count), decoder.Channel(1, 0, count), MemoryMarshal.Cast<byte, uint>(_bytes.AsSpan()));
        else
            Interleave(decoder, channels, count, width);
        _hash.AppendData(_bytes, 0, length);
        return this;
    }

    private static void Interleave16(ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<uint> pairs)
    {
        for (var i = 0; i < left.Length && i < right.Length && i < pairs.Length; i++)
            pairs[i] = (ushort)left[i] | (uint)right[i] << 16;
    }

    private void Interleave(FlacFrameDecoder decoder, int channels, int count, int width)
    {
        for (var channel = 0; channel < channels; channel++)
        {
            var at = channel * width;
            foreach (var sample in decoder.Channel(channel, 0, count))
            {
                for (var i = 0; i < width; i++)
                    _bytes[at + i] = (byte)(sample >> 8 * i);
                at += channels * width;
            }
        }
    }
}
