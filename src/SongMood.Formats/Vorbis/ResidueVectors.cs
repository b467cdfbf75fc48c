using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SongMood.Formats.Vorbis;

/// <summary>
/// Adds the vectors that codewords stand for (Vorbis I specification, 8.6.3 to 8.6.5); false where the packet ends before.
/// </summary>
internal static unsafe class ResidueVectors
{
    /// <summary>Vectors of one length, added whole.</summary>
    private interface IVector
    {
        static abstract int Length { get; }

        static abstract void Add(float* target, float* vector);
    }

    /// <summary>One vector behind the other, the last one as far as there is room.</summary>
    public static bool TryAddInRow(Codebook book, VorbisBits bits, float* target, int count)
    {
        if (count % book.Dimensions == 0)
            switch (book.Dimensions)
            {
                case 1: return TryAddWhole<One>(book, bits, target, count);
                case 2: return TryAddWhole<Two>(book, bits, target, count);
                case 4: return TryAddWhole<Four>(book, bits, target, count);
                case 8: return TryAddWhole<Eight>(book, bits, target, count);
            }

        for (var end = target + count; target < end;)
        {
            var entry = book.ReadEntry(bits);
            if (entry < 0)
                return false;
            var vector = book.Vectors + entry * book.Dimensions;
            for (var i = Math.Min(book.Dimensions, end - target); i > 0; i--)
                *target++ += *vector++;
        }

        return true;
    }

    /// <summary>The numbers of a vector as far from each other as there are vectors; what is left over is left out.</summary>
    public static bool TryAddApart(Codebook book, VorbisBits bits, float* target, int count)
    {
        var step = count / book.Dimensions;
        for (var i = 0; i < step; i++)
        {
            var entry = book.ReadEntry(bits);
            if (entry < 0)
                return false;
            var vector = book.Vectors + entry * book.Dimensions;
            for (var k = 0; k < book.Dimensions; k++)
                target[i + k * step] += vector[k];
        }

        return true;
    }

    // As many codewords as the window has bits for, of up to 32 each, are read between two looks at the packet.
    private static bool TryAddWhole<T>(Codebook book, VorbisBits bits, float* target, int count) where T : struct, IVector
    {
        var (start, position, length) = ((nint)bits.Start, bits.Position, bits.Length);
        var (table, vectors, mask) = ((nint)book.Table, (nint)book.Vectors, book.TableMask);
        var window = 0UL;
        var left = 0;
        for (var end = target + count; target < end; target += T.Length)
        {
            if (left < 32)
            {
                window = VorbisBits.At((byte*)start, position);
                left = VorbisBits.WindowLength;
            }

            var code = ((int*)table)[(int)window & mask];
            if ((code & Codebook.LengthMask) == 0)
                code = book.FindLong(code, (uint)window);
            var taken = code & Codebook.LengthMask;
            position += taken;
            if (position > length || code < 0)
                return bits.TryMoveTo(length + 1);
            window >>= taken;
            left -= taken;
            T.Add(target, (float*)vectors + (code >> Codebook.LengthBits) * T.Length);
        }

        return bits.TryMoveTo(position);
    }

    private readonly struct One : IVector
    {
        public static int Length => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(float* target, float* vector) => *target += *vector;
    }

    private readonly struct Two : IVector
    {
        public static int Length => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(float* target, float* vector)
        {
            target[0] += vector[0];
            target[1] += vector[1];
        }
    }

    private readonly struct Four : IVector
    {
        public static int Length => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(float* target, float* vector) => (Vector128.Load(target) + Vector128.Load(vector)).Store(target);
    }

    private readonly struct Eight : IVector
    {
        public static int Length => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(float* target, float* vector)
        {
            Four.Add(target, vector);
            Four.Add(target + 4, vector + 4);
        }
    }
}
