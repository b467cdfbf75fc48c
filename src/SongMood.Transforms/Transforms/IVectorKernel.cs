namespace SongMood.Transforms;

/// <summary>
/// One row's computation. Each cursor has its own, so a kernel may keep buffers between calls and need not be thread-safe.
/// Data that it cannot take is reported by <see cref="InvalidDataException"/> or <see cref="ArgumentException"/>; the caller adds the
/// row and the column.
/// </summary>
internal interface IVectorKernel
{
    /// <summary>Values written for an input of this many.</summary>
    long OutputLength(int inputLength);

    /// <summary>Fills <paramref name="output"/>, which has <see cref="OutputLength"/> values and holds anything before.</summary>
    void Compute(ReadOnlySpan<float> input, Span<float> output);
}
