namespace SongMood.Formats.Vorbis;

/// <summary>
/// The rough shape of a channel's spectrum in one block (Vorbis I specification, 6 and 7), by which its lines are multiplied.
/// </summary>
internal abstract class Floor
{
    /// <summary>How many numbers a channel's block is told by.</summary>
    public abstract int StateLength { get; }

    /// <summary>Reads a channel's block.</summary>
    /// <param name="bits">The packet.</param>
    /// <param name="state">What is told.</param>
    /// <returns>False where there is nothing in this block, also where the packet ends before.</returns>
    public abstract bool TryRead(VorbisBits bits, Span<int> state);

    /// <summary>Multiplies a block's lines by what was read.</summary>
    public abstract void Apply(Span<int> state, Span<float> lines);

    /// <summary>Reads a floor's setup.</summary>
    /// <param name="bits">The setup header.</param>
    /// <param name="books">All codebooks.</param>
    /// <param name="head">The stream's first header.</param>
    public static Floor ReadAny(VorbisBits bits, IReadOnlyList<Codebook> books, VorbisHead head) => bits.Read(16) switch
    {
        0 => Floor0.Read(bits, books, head),
        1 => Floor1.Read(bits, books),
        var type => throw VorbisFault.InSetup(bits, $"a floor of type {type}; 0 and 1 are in Vorbis I"),
    };
}
