using System.Globalization;
using System.Text;

namespace SongMood.Audio;

/// <summary>
/// The part of an input that could not be decoded. It was left out, so that what follows comes earlier, or, in a FLAC, whose frames say
/// which samples are theirs, it is silent. It is that of the whole input, also where a part of it was read; in a FLAC it is that of the
/// part that was read, and what is missing at its ends.
/// </summary>
public sealed record AudioDamage
{
    /// <summary>Nothing is lost.</summary>
    public static AudioDamage None { get; } = new();

    /// <summary>
    /// Frames that are lost: those that cannot be decoded, one for each stretch of bytes that is no frame, and, where the file says how
    /// many frames it has, all that are missing of these. 1 for a WAV or an AIFF that is cut off, or that has more bytes than its header
    /// says, and for what ffmpeg has read where it complains, or where less came out than the container promises. Default 0.
    /// </summary>
    public int LostFrameCount { get; init; }

    /// <summary>
    /// Bytes before, within and behind the audio that are neither frames nor tags nor padding; in a WAV or an AIFF, those behind the
    /// length that the header gives that are no chunks. Default 0.
    /// </summary>
    public long SkippedByteCount { get; init; }

    /// <summary>How long what can be decoded lasts.</summary>
    public TimeSpan Decoded { get; init; }

    /// <summary>
    /// How long it should last: as the file's header says (Xing, Info or VBRI; a WAV's data chunk), or, where there is none, or where
    /// bytes were passed over that it does not tell of, as long as all bytes would at the bit rate of what can be decoded. Null where
    /// that is no more than what can be decoded, or where a WAV's header promises more than a day.
    /// </summary>
    public TimeSpan? Promised { get; init; }

    /// <summary>
    /// Whether all was read and no frame is lost, but the samples are others than the encoder was given: the MD5 in a FLAC is not theirs.
    /// Default false.
    /// </summary>
    public bool IsOtherThanEncoded { get; init; }

    /// <summary>
    /// Whether frames that follow, or a stream that is joined on, have another number of channels than the first frame, which all that
    /// comes out has: they are mixed, some of their channels are left out, or the last one stands for those that they lack. Default false.
    /// </summary>
    public bool HasOtherChannels { get; init; }

    /// <summary>Whether the audio has frames; a WAV has none, and its text says so.</summary>
    internal bool HasFrames { get; init; } = true;

    /// <summary>What another program, which has read it, says of the damage, instead of numbers; null where we have read it.</summary>
    internal string? Complaint { get; init; }

    /// <summary>Whether what is lost is silent, so that what follows keeps its time.</summary>
    internal bool KeepsTime { get; init; }

    /// <summary>Whether anything is lost, or other than the encoder was given.</summary>
    public bool IsAny => LostFrameCount > 0 || IsOtherThanEncoded || HasOtherChannels;

    /// <summary>A sentence without its stop, such as "3 frames and 1204 bytes are missing or damaged and were left out; 14.9 s of
    /// 30.0 s are there".</summary>
    public override string ToString()
    {
        if (!IsAny)
            return "nothing is lost";
        var text = new StringBuilder(LostFrameCount == 0 ? "all frames are there" : Complaint ?? (HasFrames ? FramesText() : BytesText()));
        if (LostFrameCount > 0 && Promised is { } promised)
            text.Append(CultureInfo.InvariantCulture, $"; {Decoded.TotalSeconds:F1} s of {promised.TotalSeconds:F1} s are there");
        if (IsOtherThanEncoded)
            text.Append(", but the samples are not those that the encoder was given (their MD5 is another)");
        if (HasOtherChannels)
            text.Append(", but not all have as many channels as the first");
        return text.ToString();
    }

    private string FramesText()
    {
        var isOne = LostFrameCount == 1 && SkippedByteCount == 0;
        return Plural.Of(LostFrameCount, "frame") + (SkippedByteCount > 0 ? $" and {Plural.Of(SkippedByteCount, "byte")}" : "")
            + (isOne ? " is missing or damaged" : " are missing or damaged")
            + (KeepsTime ? " (silent where others follow)" : isOne ? " and was left out" : " and were left out");
    }

    private string BytesText() => SkippedByteCount == 0
        ? "the audio is cut off: the header promises more than there is"
        : Plural.Of(SkippedByteCount, "byte behind the length that the header gives was left out",
            "bytes behind the length that the header gives were left out");
}
