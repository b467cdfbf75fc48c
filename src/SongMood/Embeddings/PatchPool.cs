namespace SongMood.Embeddings;

/// <summary>What is kept of the embeddings of a clip's patches, one after the other.</summary>
internal sealed class PatchPool(PatchPooling pooling, int size)
{
    private readonly double[] _means = new double[size];
    private readonly double[] _squares = new double[size]; // of the distances from the mean, added up (Welford, 1962)
    private readonly float[] _maxima = new float[size];
    private int _count;

    public int Length { get; } = KindsOf(pooling).Count() * size;

    public static IEnumerable<string> NamesOf(PatchPooling pooling, int size) =>
        KindsOf(pooling).SelectMany(kind => Enumerable.Range(0, size).Select(value => $"{kind.ToString().ToLowerInvariant()}.{value}"));

    public void Clear()
    {
        _count = 0;
        Array.Clear(_means);
        Array.Clear(_squares);
        Array.Fill(_maxima, float.NegativeInfinity);
    }

    public void Include(ReadOnlySpan<float> embedding)
    {
        _count++;
        for (var i = 0; i < _means.Length; i++)
        {
            var before = embedding[i] - _means[i];
            _means[i] += before / _count;
            _squares[i] += before * (embedding[i] - _means[i]);
            _maxima[i] = Math.Max(_maxima[i], embedding[i]);
        }
    }

    public void Write(Span<float> target)
    {
        if (pooling.HasFlag(PatchPooling.Mean))
            for (var i = 0; i < _means.Length; i++)
                Next(ref target) = (float)_means[i];
        if (pooling.HasFlag(PatchPooling.Deviation))
            for (var i = 0; i < _means.Length; i++)
                Next(ref target) = (float)Math.Sqrt(_squares[i] / _count);
        if (pooling.HasFlag(PatchPooling.Maximum))
            _maxima.CopyTo(target);

        static ref float Next(ref Span<float> rest)
        {
            ref var value = ref rest[0];
            rest = rest[1..];
            return ref value;
        }
    }

    private static IEnumerable<PatchPooling> KindsOf(PatchPooling pooling) =>
        Enum.GetValues<PatchPooling>().Where(kind => pooling.HasFlag(kind));
}
