using SongMood.Audio.Tags;

namespace SongMood.Audio.Mp3;

/// <summary>Where a walk stands: from here it goes on as it went on there.</summary>
internal readonly record struct WalkPosition(long Byte, FrameStream Stream, bool FollowsBreak);

/// <summary>
/// Goes from frame to frame by their headers alone. Tags are skipped; after bytes that are no frame the search goes on until two headers
/// that belong together are found a frame's length apart; where another stream is joined on (of another rate, say), it goes on in that.
/// </summary>
/// <param name="audio">The input without the tags at its end.</param>
/// <param name="from">Where to begin.</param>
/// <param name="maxTagBytes">The longest tag that is skipped.</param>
/// <param name="layers">Whose frames.</param>
internal sealed class FrameWalker(ByteSource audio, WalkPosition from, int maxTagBytes, IMpegLayers layers)
{
    private readonly FrameSearch _search = new(audio, layers);
    private long _position = from.Byte;
    private FrameStream _stream = from.Stream;
    private bool _followsBreak = from.FollowsBreak;

    /// <summary>Where the walk stands.</summary>
    public WalkPosition Position => new(_position, _stream, _followsBreak);

    /// <summary>Stretches of bytes passed over that are neither frames nor tags nor padding, a frame that is cut off among them.</summary>
    public int BreakCount { get; private set; }

    /// <summary>The bytes in these.</summary>
    public long SkippedByteCount { get; private set; }

    /// <summary>Where the bytes behind the last frame begin; the end of the audio where there are none.</summary>
    public long End { get; private set; } = audio.Length;

    /// <summary>The next frame; false at the end.</summary>
    public bool TryNext(out FramePlace place)
    {
        while (_position < audio.Length)
        {
            if (FrameHeader.TryRead(audio.At(_position, FrameHeader.ByteCount), out var header) && header.BelongsWith(_stream.Header))
            {
                var length = _stream.LengthOf(header);
                if (_position + length > audio.Length)
                    break; // what is missing cannot be decoded
                place = new FramePlace(_position, length, header, _followsBreak);
                _position += length;
                _followsBreak = false;
                return true;
            }

            if (TagSkipper.LengthAt(audio, _position) is > 0 and var tag && tag <= maxTagBytes) // files put together keep their tags
                _position += tag;
            else if (_search.TryBeginOther(_position, _stream, out var other))
                (_stream, _followsBreak) = (other, true);
            else
            {
                var next = _search.Resume(_position + 1, ref _stream);
                if (next < 0)
                    break;
                BreakCount++;
                SkippedByteCount += next - _position;
                (_position, _followsBreak) = (next, true);
            }
        }

        place = default;
        Finish();
        return false;
    }

    private bool IsFrame(long position) =>
        FrameHeader.TryRead(audio.At(position, FrameHeader.ByteCount), out var header) && header.BelongsWith(_stream.Header);

    private void Finish()
    {
        End = Math.Min(_position, audio.Length);
        if (End < audio.Length && (IsFrame(End) || !Padding.IsOnly(audio, End)))
        {
            BreakCount++;
            SkippedByteCount += audio.Length - End;
        }

        _position = audio.Length;
    }
}
