namespace SongMood.Formats.Tags;

/// <summary>
/// How old bytes are made of new ones: parts that are copied, and parts that are given. Where a song's tags were changed, these are
/// the old tags; where an Ogg file's pages have new numbers, also the heads of its pages.
/// </summary>
internal static class ByteDelta
{
    private const int ShortestCopy = 64;
    private const int MostDepth = 60; // each leaves two thirds at most; the rest is given

    // Where an anchor is looked for: not at the halves alone, on which the heads of pages of one length may all fall.
    private static readonly double[] Places = [0.5, 0.382, 0.618, 0.276, 0.724];

    /// <summary>A part of the old bytes: from a place in the new ones, or given.</summary>
    public readonly record struct Part(int CopyFrom, int Length, ReadOnlyMemory<byte> Given)
    {
        public bool IsCopy => Given.IsEmpty;
    }

    public static IReadOnlyList<Part> Between(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> @new)
    {
        var parts = new List<Part>();
        Add(parts, old, @new, newStart: 0, depth: 0);
        return parts;
    }

    public static byte[] Apply(IReadOnlyList<Part> parts, ReadOnlySpan<byte> @new)
    {
        var old = new byte[parts.Sum(part => (long)part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            (part.IsCopy ? @new.Slice(part.CopyFrom, part.Length) : part.Given.Span).CopyTo(old.AsSpan(at));
            at += part.Length;
        }
        return old;
    }

    private static void Add(List<Part> parts, ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> @new, int newStart, int depth)
    {
        var head = old.Span.CommonPrefixLength(@new.Span);
        AddCopy(parts, newStart, head);
        (old, @new, newStart) = (old[head..], @new[head..], newStart + head);
        var tail = CommonSuffixLength(old.Span, @new.Span);
        var (oldMiddle, newMiddle) = (old[..^tail], @new[..^tail]);
        if (Anchor(oldMiddle.Span, newMiddle.Span) is var (inOld, inNew) && depth < MostDepth)
        {
            // All before the anchor, then all from it on, where it is the common head.
            Add(parts, oldMiddle[..inOld], newMiddle[..inNew], newStart, depth + 1);
            Add(parts, oldMiddle[inOld..], newMiddle[inNew..], newStart + inNew, depth + 1);
        }
        else if (oldMiddle.Length > 0)
            parts.Add(new Part(0, oldMiddle.Length, oldMiddle));
        AddCopy(parts, newStart + newMiddle.Length, tail);
    }

    /// <summary>A place in the middle of the old bytes that is somewhere in the new ones, too.</summary>
    private static (int InOld, int InNew)? Anchor(ReadOnlySpan<byte> old, ReadOnlySpan<byte> @new)
    {
        if (old.Length < 2 * ShortestCopy || @new.Length < ShortestCopy)
            return null;
        foreach (var place in Places)
        {
            var inOld = (int)(place * old.Length);
            var sought = old.Slice(inOld, Math.Min(ShortestCopy, old.Length - inOld));
            // Where only something at the front or at the end has grown, it is as far from one of them as before: silence is everywhere.
            foreach (var likely in (ReadOnlySpan<int>)[inOld, @new.Length - old.Length + inOld])
                if (likely >= 0 && likely + sought.Length <= @new.Length && @new[likely..].StartsWith(sought))
                    return (inOld, likely);
            if (@new.IndexOf(sought) is >= 0 and var found)
                return (inOld, found);
        }
        return null;
    }

    private static int CommonSuffixLength(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[^(length + 1)] == b[^(length + 1)])
            length++;
        return length;
    }

    private static void AddCopy(List<Part> parts, int from, int length)
    {
        if (length == 0)
            return;
        if (parts.Count > 0 && parts[^1] is { IsCopy: true } last && last.CopyFrom + last.Length == from)
            parts[^1] = last with { Length = last.Length + length };
        else
            parts.Add(new Part(from, length, default));
    }
}
