namespace SongMood.Formats.Opus.Silk;

/// <summary>
/// RFC 6716's tables for SILK. Tables of symbols have, for each symbol, the weight of all behind it, of 256.
/// </summary>
internal static partial class SilkTables
{
    /// <summary>Kinds of frames that are sound (Table 9).</summary>
    public static ReadOnlySpan<byte> ActiveTypes => [232, 158, 10, 0];

    /// <summary>Kinds of frames that are not.</summary>
    public static ReadOnlySpan<byte> InactiveTypes => [230, 0];

    /// <summary>High bits of a first gain, 8 for each kind of signal (Table 11).</summary>
    public static ReadOnlySpan<byte> GainHighBits =>
    [
        224, 112, 44, 15, 3, 2, 1, 0, 254, 237, 192, 132, 70, 23, 4, 0, 255, 252, 226, 155, 61, 11, 2, 0,
    ];

    /// <summary>Changes of gain (Table 13).</summary>
    public static ReadOnlySpan<byte> GainDeltas =>
    [
        250, 245, 234, 203, 71, 50, 42, 38, 35, 33, 31, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11,
        10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ];

    /// <summary>What is behind the largest residuals of a line spectrum (Table 19).</summary>
    public static ReadOnlySpan<byte> ResidualExtensions => [100, 40, 16, 7, 3, 1, 0];

    /// <summary>Ways from the last spectrum (Table 26).</summary>
    public static ReadOnlySpan<byte> Interpolations => [243, 221, 192, 181, 0];

    /// <summary>High bits of a lag (Table 29).</summary>
    public static ReadOnlySpan<byte> LagHighBits =>
    [
        253, 250, 244, 233, 212, 182, 150, 131, 120, 110, 98, 85, 72, 60, 49, 40, 32, 25, 19, 15, 13, 11, 9, 8, 7, 6, 5, 4, 3, 2, 1,
        0,
    ];

    /// <summary>Changes of lag (Table 31).</summary>
    public static ReadOnlySpan<byte> LagDeltas =>
    [
        210, 208, 206, 203, 199, 193, 183, 168, 142, 104, 74, 52, 37, 27, 20, 14, 10, 6, 4, 2, 0,
    ];

    /// <summary>How lags change in a frame of 20 ms at 8 kHz (Table 32); of 10 ms; the same at other rates.</summary>
    public static ReadOnlySpan<byte> NarrowContours => [188, 176, 155, 138, 119, 97, 67, 43, 26, 10, 0];
    public static ReadOnlySpan<byte> ShortNarrowContours => [113, 63, 0];

    public static ReadOnlySpan<byte> Contours =>
    [
        223, 201, 183, 167, 152, 138, 124, 111, 98, 88, 79, 70, 62, 56, 50, 44, 39, 35, 31, 27, 24, 21, 18, 16, 14, 12, 10, 8, 6, 4,
        3, 2, 1, 0,
    ];
    public static ReadOnlySpan<byte> ShortContours => [165, 119, 80, 61, 47, 35, 27, 20, 14, 9, 4, 0];

    /// <summary>Codebooks of pitch filters (Table 37).</summary>
    public static ReadOnlySpan<byte> Periodicities => [179, 99, 0];

    /// <summary>Scales of the pitch's past (Table 42).</summary>
    public static ReadOnlySpan<byte> FilterScaleSymbols => [128, 64, 0];

    /// <summary>These scales, Q14 (4.2.7.6.3).</summary>
    public static readonly short[] FilterScales = [15565, 12288, 8192];

    /// <summary>Rate levels, 9 of frames that are not voiced and 9 of those that are (Table 45).</summary>
    public static ReadOnlySpan<byte> RateLevels => [241, 190, 178, 132, 87, 74, 41, 14, 0, 223, 193, 157, 140, 106, 57, 39, 18, 0];

    /// <summary>Lower bits (Table 50).</summary>
    public static ReadOnlySpan<byte> LowerBits => [120, 0];

    /// <summary>The first half of each sign's table: 7 counts of pulses for each kind of signal and offset (Table 52).</summary>
    public static ReadOnlySpan<byte> Signs =>
    [
        254, 49, 67, 77, 82, 93, 99, 198, 11, 18, 24, 31, 36, 45, 255, 46, 66, 78, 87, 94, 104, 208, 14, 21, 32, 42, 51, 66, 255,
        94, 104, 109, 112, 115, 118, 248, 53, 69, 80, 88, 95, 102,
    ];

    /// <summary>Pairs of high parts of the stereo weights (Table 6).</summary>
    public static ReadOnlySpan<byte> StereoPairs =>
    [
        249, 247, 246, 245, 244, 234, 210, 202, 201, 200, 197, 174, 82, 59, 56, 55, 54, 46, 22, 12, 11, 10, 9, 7, 0,
    ];

    /// <summary>The weights, Q13 (Table 7).</summary>
    public static readonly short[] StereoWeights =
    [
        -13732, -10050, -8266, -7526, -6500, -5000, -2950, -820, 820, 2950, 5000, 6500, 7526, 8266, 10050, 13732,
    ];

    /// <summary>Whether only the middle is there (Table 8).</summary>
    public static ReadOnlySpan<byte> MiddleOnly => [64, 0];

    /// <summary>Which frames have copies, of 2 and of 3 (Table 4).</summary>
    public static ReadOnlySpan<byte> CopyFlags2 => [203, 150, 0];

    public static ReadOnlySpan<byte> CopyFlags3 => [215, 195, 166, 125, 110, 82, 0];

    /// <summary>All as likely.</summary>
    public static ReadOnlySpan<byte> Uniform3 => [171, 85, 0];

    public static ReadOnlySpan<byte> Uniform4 => [192, 128, 64, 0];

    public static ReadOnlySpan<byte> Uniform5 => [205, 154, 102, 51, 0];

    public static ReadOnlySpan<byte> Uniform6 => [213, 171, 128, 85, 43, 0];

    public static ReadOnlySpan<byte> Uniform8 => [224, 192, 160, 128, 96, 64, 32, 0];

    /// <summary>Twice the cosine of each 128th of half a turn, Q12 (Table 28).</summary>
    public static readonly short[] Cosines =
    [
        8192, 8190, 8182, 8170, 8152, 8130, 8104, 8072, 8034, 7994, 7946, 7896, 7840, 7778, 7714, 7644, 7568, 7490, 7406, 7318,
        7226, 7128, 7026, 6922, 6812, 6698, 6580, 6458, 6332, 6204, 6070, 5934, 5792, 5648, 5502, 5352, 5198, 5040, 4880, 4718,
        4552, 4382, 4212, 4038, 3862, 3684, 3502, 3320, 3136, 2948, 2760, 2570, 2378, 2186, 1990, 1794, 1598, 1400, 1202, 1002, 802,
        602, 402, 202, 0, -202, -402, -602, -802, -1002, -1202, -1400, -1598, -1794, -1990, -2186, -2378, -2570, -2760, -2948,
        -3136, -3320, -3502, -3684, -3862, -4038, -4212, -4382, -4552, -4718, -4880, -5040, -5198, -5352, -5502, -5648, -5792,
        -5934, -6070, -6204, -6332, -6458, -6580, -6698, -6812, -6922, -7026, -7128, -7226, -7318, -7406, -7490, -7568, -7644,
        -7714, -7778, -7840, -7896, -7946, -7994, -8034, -8072, -8104, -8130, -8152, -8170, -8182, -8190, -8192,
    ];
}
