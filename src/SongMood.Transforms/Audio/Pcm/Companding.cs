namespace SongMood.Audio.Pcm;

/// <summary>
/// The two companding laws of telephony, ITU-T G.711, as tables from the 8-bit code to the sample. Their 13 and 14 bits are taken as
/// the upper ones of 16, as everyone does, so the loudest samples are 32256 and 32124 of 32768.
/// </summary>
internal static class Companding
{
    /// <summary>G.711, table 1: even bits inverted, sign, segment (three bits), interval (four bits).</summary>
    public static readonly float[] ALaw = Table(code =>
    {
        var (sign, segment, interval) = Parts(code ^ 0x55);
        var magnitude = segment == 0 ? 2 * interval + 1 : (2 * interval + 33) << (segment - 1); // of 4096
        return (sign == 0 ? -magnitude : magnitude) / 4096f;
    });

    /// <summary>G.711, table 2: all bits inverted, sign, segment, interval.</summary>
    public static readonly float[] MuLaw = Table(code =>
    {
        var (sign, segment, interval) = Parts(code ^ 0xFF);
        var magnitude = ((2 * interval + 33) << segment) - 33; // of 8192
        return (sign == 0 ? magnitude : -magnitude) / 8192f;
    });

    private static float[] Table(Func<int, float> sample) => [.. Enumerable.Range(0, 256).Select(sample)];

    private static (int Sign, int Segment, int Interval) Parts(int code) => (code >> 7, code >> 4 & 7, code & 15);
}
