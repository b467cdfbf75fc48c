using SongMood.Audio;

namespace SongMood.Formats.Vorbis;

/// <summary>What is wrong with a stream's headers, and where.</summary>
internal static class VorbisFault
{
    /// <summary>A fault in the setup header, where its reader stands.</summary>
    public static AudioFormatException InSetup(VorbisBits bits, string problem) => new(bits.IsPastEnd
        ? "the setup header of this Ogg Vorbis stream ends before all that it begins; is the file cut off or damaged?"
        : $"the setup header of this Ogg Vorbis stream says, before its byte {(bits.Position + 7) / 8}, {problem}; is the file damaged?");

    /// <summary>The same error with the header's place in the file.</summary>
    public static AudioFormatException At(AudioFormatException error, OggPacket packet) =>
        new($"{error.Problem} (page {packet.Page} of its stream)", bytePosition: packet.Position, innerException: error);
}
