namespace SongMood.Formats.Vorbis;

/// <summary>The setup header (Vorbis I specification, 4.2.4): all that packets are read by.</summary>
internal sealed class VorbisSetup
{
    private readonly int _shortLength, _longLength, _modeWidth;
    private readonly (bool IsLong, VorbisMapping Mapping)[] _modes;

    private VorbisSetup(VorbisHead head, Floor[] floors, Residue[] residues, (bool IsLong, VorbisMapping Mapping)[] modes)
    {
        (_shortLength, _longLength, Floors, Residues, _modes) = (head.ShortLength, head.LongLength, floors, residues, modes);
        _modeWidth = VorbisBits.WidthOf((uint)modes.Length - 1);
    }

    /// <summary>What the third packet begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "\u0005vorbis"u8;

    public Floor[] Floors { get; }

    public Residue[] Residues { get; }

    /// <exception cref="Audio.AudioFormatException">It breaks a rule, or promises too much.</exception>
    public static VorbisSetup Read(ReadOnlySpan<byte> packet, VorbisHead head)
    {
        if (!packet.StartsWith(Mark))
            throw new Audio.AudioFormatException(
                "the third packet of this Ogg Vorbis stream is not its setup header; is the file damaged?");
        var bits = new VorbisBits();
        bits.Open(packet);
        bits.TryMoveTo(8 * Mark.Length);
        var codebooks = new CodebookReader(bits);
        var books = ReadAll(bits, 8, codebooks.Read);
        ReadAll(bits, 6, () => bits.Read(16) == 0 ? 0
            : throw VorbisFault.InSetup(bits, "a time domain transform of another type than 0, the only one in Vorbis I"));
        var floors = ReadAll(bits, 6, () => Floor.ReadAny(bits, books, head));
        var residues = ReadAll(bits, 6, () => Residue.Read(bits, books));
        var mappings = ReadAll(bits, 6, () => VorbisMapping.Read(bits, head.ChannelCount, floors, residues));
        var modes = ReadAll(bits, 6, () => ReadMode(bits, mappings));
        if (!bits.ReadFlag())
            throw VorbisFault.InSetup(bits, "0 as its framing bit, which is 1");
        return new VorbisSetup(head, floors, residues, modes);
    }

    /// <summary>4.3.1: which block a packet is, and what tells it; false where it is no packet of audio, or not whole.</summary>
    /// <param name="bits">The packet; behind it, what tells the block begins.</param>
    /// <param name="length">Samples of the block.</param>
    /// <param name="mapping">What tells it.</param>
    public bool TryReadMode(VorbisBits bits, out int length, out VorbisMapping mapping)
    {
        (length, mapping) = (0, null!);
        if (bits.ReadFlag())
            return false;
        var mode = (int)bits.Read(_modeWidth);
        if (bits.IsPastEnd || mode >= _modes.Length)
            return false;
        (var isLong, mapping) = _modes[mode];
        length = isLong ? _longLength : _shortLength;
        // The lengths of its neighbours are known from these; what it says of them itself is not needed.
        if (isLong)
            bits.Read(2);
        return !bits.IsPastEnd;
    }

    /// <summary>One of the codebooks, by its number.</summary>
    public static Codebook Choose(VorbisBits bits, IReadOnlyList<Codebook> books, bool needsVectors = false) =>
        Book(bits, books, (int)bits.Read(8), needsVectors);

    /// <summary>The same, or none, which is 0; numbers are one more.</summary>
    public static Codebook? ChooseOrNone(VorbisBits bits, IReadOnlyList<Codebook> books) =>
        bits.Read(8) is > 0 and var number ? Book(bits, books, (int)number - 1, false) : null;

    private static Codebook Book(VorbisBits bits, IReadOnlyList<Codebook> books, int number, bool needsVectors)
    {
        if (bits.IsPastEnd || number >= books.Count)
            throw VorbisFault.InSetup(bits, $"codebook {number}; {books.Count} were told, from 0");
        var book = books[number];
        return !needsVectors || (book.HasVectors && book.Dimensions > 0) ? book
            : throw VorbisFault.InSetup(bits, $"codebook {number} for vectors, of which it has none");
    }

    private static T[] ReadAll<T>(VorbisBits bits, int width, Func<T> read)
    {
        var all = new T[bits.Read(width) + 1];
        foreach (ref var one in all.AsSpan())
            one = bits.IsPastEnd ? throw VorbisFault.InSetup(bits, "") : read();
        return all;
    }

    private static (bool IsLong, VorbisMapping Mapping) ReadMode(VorbisBits bits, VorbisMapping[] mappings)
    {
        var isLong = bits.ReadFlag();
        uint window = bits.Read(16), transform = bits.Read(16), mapping = bits.Read(8);
        return window == 0 && transform == 0 && mapping < mappings.Length ? (isLong, mappings[mapping])
            : throw VorbisFault.InSetup(bits, $"a mode of window {window}, transform {transform} and mapping {mapping}; expected 0, 0 and "
                + $"one of {mappings.Length}, from 0");
    }
}
