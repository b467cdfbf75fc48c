namespace SongMood.Dsp;

/// <summary>
/// Where <see cref="PointPairs{T}"/> finds the points of its two transforms, in vectors: transform c's point m has its real part at
/// m <see cref="Step"/> + c, and its imaginary part <see cref="Imaginary"/> behind that.
/// </summary>
internal interface IPointPlaces
{
    static abstract nint Step { get; }

    static abstract nint Imaginary { get; }
}

/// <summary>Two transforms by themselves: 32 pairs of real parts, then as many of imaginary ones.</summary>
internal readonly struct PairPlaces : IPointPlaces
{
    public static nint Step => 2;

    public static nint Imaginary => 64;
}

/// <summary>
/// Two rows of the square of <see cref="FramePowers"/>, which lies column by column: written so, a column is one walk over a page or two.
/// Row by row its 64 stores would go to 34 pages in turn (with AVX-512; 17 with AVX2), and Intel's processors since Ice Lake know the
/// addresses of 16 pages for stores at once, of 64 to 96 for loads (Intel, "Optimization Reference Manual"). A step is four vectors more
/// than a power of two, so that the same row of all columns does not fall into the same set of the cache.
/// </summary>
internal readonly struct SquarePlaces : IPointPlaces
{
    public static nint Step => 2 * FramePowers.Side + 4;

    public static nint Imaginary => 2;
}
