namespace SongMood.Dsp;

/// <summary>
/// The sample rates that are taken, wherever one comes in. Below them no sound is recorded, above them neither; the work of making a
/// resampling filter grows with the ratio of two rates, so the range bounds it.
/// </summary>
internal static class SampleRates
{
    public const int LowestHz = 1_000, HighestHz = 768_000;

    public const string Range = "1000 to 768000 Hz";

    public static bool Contains(long rateHz) => rateHz is >= LowestHz and <= HighestHz;

    public static void Require(int rateHz, string name)
    {
        if (!Contains(rateHz))
            throw new ArgumentOutOfRangeException(
                name, rateHz, FormattableString.Invariant($"A sample rate of {rateHz} Hz was given; {Range} are taken."));
    }
}
