using System.Runtime.Intrinsics;

namespace SongMood.Dsp;

/// <summary>Turns sixteen frames in rows into bins in rows of sixteen.</summary>
internal static unsafe class FrameTranspose
{
    /// <summary>target[i x 16 + f] = source[f x stride + i] for i below count rounded up to 4: both sides must have room for that.</summary>
    public static void Rows16(float* source, nint stride, float* target, int count)
    {
        for (nint i = 0; i < count; i += 4)
            for (nint f = 0; f < 16; f += 4)
            {
                var from = source + f * stride + i;
                var (a, b) = (Vector128.Load(from), Vector128.Load(from + stride));
                var (c, d) = (Vector128.Load(from + 2 * stride), Vector128.Load(from + 3 * stride));
                var (abLow, abHigh) = (Interleave(a, b, false), Interleave(a, b, true));
                var (cdLow, cdHigh) = (Interleave(c, d, false), Interleave(c, d, true));
                var to = target + i * 16 + f;
                Vector128.Create(abLow.GetLower(), cdLow.GetLower()).Store(to);
                Vector128.Create(abLow.GetUpper(), cdLow.GetUpper()).Store(to + 16);
                Vector128.Create(abHigh.GetLower(), cdHigh.GetLower()).Store(to + 32);
                Vector128.Create(abHigh.GetUpper(), cdHigh.GetUpper()).Store(to + 48);
            }
    }

    private static Vector128<float> Interleave(Vector128<float> a, Vector128<float> b, bool upper)
    {
        var both = upper ? Vector128.Create(a.GetUpper(), b.GetUpper()) : Vector128.Create(a.GetLower(), b.GetLower());
        return Vector128.Shuffle(both, Vector128.Create(0, 2, 1, 3));
    }
}
