namespace SongMood.Audio.Mp3;

/// <summary>What encoders and taggers leave behind the last frame, and is no loss.</summary>
internal static class Padding
{
    // "A few hundred bytes" of one value.
    private const int LongestFill = 512;

    /// <summary>Whether the rest of the audio is shorter than any frame, or a short run of one value.</summary>
    public static bool IsOnly(ByteSource audio, long from)
    {
        var length = audio.Length - from;
        return length < FrameHeader.ShortestFrame || (length <= LongestFill && IsFill(audio, from));
    }

    /// <summary>Whether the rest of the audio is one value again and again.</summary>
    public static bool IsFill(ByteSource audio, long from)
    {
        var value = from < audio.Length ? audio.At(from, 1)[0] : 0;
        while (from < audio.Length)
        {
            var bytes = audio.At(from, 1);
            if (bytes.ContainsAnyExcept((byte)value))
                return false;
            from += bytes.Length;
        }

        return true;
    }
}
