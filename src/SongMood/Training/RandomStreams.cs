namespace SongMood.Training;

/// <summary>
/// Random numbers by purpose and epoch, all from one seed. Each epoch has a stream of its own, so that training which goes on from a
/// checkpoint draws what it would have drawn unbroken, without a generator's state in the file.
/// </summary>
internal static class RandomStreams
{
    public const int Weights = 0;
    public const int Split = 1;
    public const int FirstEpoch = 2;

    public static long SeedOf(int seed, int stream)
    {
        // SplitMix64's finaliser (Steele, Lea and Flood, 2014): neighbouring inputs give unrelated outputs.
        var z = ((ulong)(uint)seed << 32 | (uint)stream) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (long)((z ^ (z >> 31)) >> 1);
    }

    public static Random Of(int seed, int stream) => new((int)(SeedOf(seed, stream) & int.MaxValue));
}
