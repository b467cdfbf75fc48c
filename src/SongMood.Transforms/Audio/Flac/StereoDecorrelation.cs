using System.Numerics;
using System.Runtime.InteropServices;

namespace SongMood.Audio.Flac;

/// <summary>From what a stereo frame stores back to left and right, in place (RFC 9639, 4.2).</summary>
internal static class StereoDecorrelation
{
    /// <param name="mode">How they are stored.</param>
    /// <param name="first">Left, side or mid; left afterwards.</param>
    /// <param name="second">Right or side; right afterwards.</param>
    public static void Undo(StereoMode mode, Span<int> first, Span<int> second)
    {
        var firsts = MemoryMarshal.Cast<int, Vector<int>>(first);
        var seconds = MemoryMarshal.Cast<int, Vector<int>>(second);
        var done = firsts.Length * Vector<int>.Count;
        var restOfFirst = first[done..];
        var restOfSecond = second[done..];
        switch (mode)
        {
            case StereoMode.LeftSide:
                for (var i = 0; i < firsts.Length; i++)
                    seconds[i] = firsts[i] - seconds[i];
                for (var i = 0; i < restOfFirst.Length; i++)
                    restOfSecond[i] = restOfFirst[i] - restOfSecond[i];
                break;
            case StereoMode.SideRight:
                for (var i = 0; i < firsts.Length; i++)
                    firsts[i] += seconds[i];
                for (var i = 0; i < restOfFirst.Length; i++)
                    restOfFirst[i] += restOfSecond[i];
                break;
            case StereoMode.MidSide: // mid is (left + right) >> 1; left is mid + half of side, rounded up where side is odd
                for (var i = 0; i < firsts.Length; i++)
                {
                    var side = seconds[i];
                    var right = firsts[i] - (side >> 1);
                    (firsts[i], seconds[i]) = (right + side, right);
                }

                for (var i = 0; i < restOfFirst.Length; i++)
                {
                    var side = restOfSecond[i];
                    var right = restOfFirst[i] - (side >> 1);
                    (restOfFirst[i], restOfSecond[i]) = (right + side, right);
                }

                break;
        }
    }

    /// <summary>The same for 32-bit stereo, with a side of 33 bits.</summary>
    public static void UndoWide(StereoMode mode, ReadOnlySpan<long> side, Span<int> first, Span<int> second)
    {
        for (var i = 0; i < side.Length; i++)
        {
            var right = mode switch
            {
                StereoMode.LeftSide => first[i] - side[i],
                StereoMode.SideRight => second[i],
                _ => first[i] - (side[i] >> 1),
            };
            (first[i], second[i]) = ((int)(right + side[i]), (int)right);
        }
    }
}
