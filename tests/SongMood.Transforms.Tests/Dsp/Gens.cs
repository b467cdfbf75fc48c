using CsCheck;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

internal static class Gens
{
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
