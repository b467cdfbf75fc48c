namespace SongMood.Formats;

/// <summary>
/// Vorbis, and Opus with it, has the channels of up to eight speakers in an order of its own (Vorbis I specification, 4.3.9). Here they
/// come in the order of WAV and FLAC, as from ffmpeg: left, right, centre, low frequencies, back, side.
/// </summary>
internal static class SpeakerOrder
{
    /// <summary>For each channel that comes out, which of the stream's it is.</summary>
    public static int[] Of(int channelCount) => channelCount switch
    {
        3 => [0, 2, 1],
        5 => [0, 2, 1, 3, 4],
        6 => [0, 2, 1, 5, 3, 4],
        7 => [0, 2, 1, 6, 5, 3, 4],
        8 => [0, 2, 1, 7, 5, 6, 3, 4],
        _ => [.. Enumerable.Range(0, channelCount)],
    };
}
