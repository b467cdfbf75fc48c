using System.Numerics.Tensors;

namespace SongMood.Formats.Opus.Celt;

/// <summary>
/// What is played where a frame is missing: what a predictor leaves of the last period goes on, ever quieter. RFC 6716 leaves this open
/// (4.4); we do it as its reference does, as that is also heard where SILK takes over without redundancy (4.5).
/// </summary>
internal sealed class CeltConcealment
{
    private const int Order = 24, Analysed = 1024, Overlap = InverseMdct.Overlap, PastLength = CeltSynthesis.PastLength;
    private const int LongLoss = 5;

    private readonly PitchSearch _search = new();
    private readonly float[][] _filters = [new float[Order], new float[Order]];
    private readonly float[] _excitation = new float[Order + Analysed], _residual = new float[Analysed];
    private readonly float[] _windowed = new float[Analysed], _joined = new float[Overlap];
    private int _period;
    private bool _isUnsure;

    public void Reset() => _isUnsure = true;

    /// <summary>A frame is there: the next that is missing may be told from it, if there was none missing before it.</summary>
    public void FrameArrived(int lossCount) => _isUnsure = lossCount != 0;

    /// <summary>Whether noise is all that can be played.</summary>
    public bool IsNoise(int lossCount, int startBand) => lossCount >= LongLoss || startBand != 0 || _isUnsure;

    /// <summary>Goes on with the last samples of all channels.</summary>
    public void Extend(CeltSynthesis synthesis, int length, int lossCount)
    {
        if (lossCount == 0)
            _period = _search.Find(synthesis);
        for (var channel = 0; channel < synthesis.ChannelCount; channel++)
            Extend(synthesis, channel, length, lossCount);
    }

    private void Extend(CeltSynthesis synthesis, int channel, int length, int lossCount)
    {
        var past = synthesis.Past(channel);
        past[(PastLength - Analysed - Order)..PastLength].CopyTo(_excitation);
        var filter = _filters[channel];
        if (lossCount == 0)
            FindFilter(filter);
        var known = Math.Min(2 * _period, Analysed);
        Whiten(filter, known);
        var excitation = _excitation.AsSpan(Order);
        var decay = Decay(excitation, known / 2);

        synthesis.MakeRoom(channel, length);
        var extended = past.Slice(PastLength - length, length + Overlap);
        var fade = (lossCount == 0 ? 1 : 0.8f) * decay;
        float energyBefore = 0;
        for (int i = 0, j = 0; i < extended.Length; i++, j++)
        {
            if (j >= _period)
            {
                j -= _period;
                fade *= decay;
            }

            extended[i] = fade * excitation[Analysed - _period + j];
            var before = past[PastLength - Analysed - length + Analysed - _period + j];
            energyBefore += before * before;
        }

        Synthesise(past, PastLength - length, extended.Length, filter);
        Limit(extended, energyBefore);
        Fold(past, synthesis.Filter);
    }

    private void FindFilter(Span<float> filter)
    {
        const float Floor = 1.0001f, LagWindow = 0.008f; // 40 dB below; so that the recursion is stable
        var window = InverseMdct.Window;
        _excitation.AsSpan(Order).CopyTo(_windowed);
        for (var i = 0; i < Overlap; i++)
        {
            _windowed[i] *= window[i];
            _windowed[Analysed - 1 - i] *= window[i];
        }

        Span<float> correlations = stackalloc float[Order + 1];
        Predictor.Correlate(_windowed, correlations);
        correlations[0] *= Floor;
        for (var i = 1; i <= Order; i++)
            correlations[i] -= correlations[i] * (LagWindow * i) * (LagWindow * i);
        Predictor.Find(correlations, filter);
    }

    // The last samples of the excitation; those before them stay as they are.
    private void Whiten(ReadOnlySpan<float> filter, int known)
    {
        for (var i = 0; i < known; i++)
        {
            var at = Order + Analysed - known + i;
            var sum = _excitation[at];
            for (var j = 0; j < Order; j++)
                sum += filter[j] * _excitation[at - 1 - j];
            _residual[i] = sum;
        }

        _residual.AsSpan(0, known).CopyTo(_excitation.AsSpan(Order + Analysed - known));
    }

    // Sound that grows quieter goes on growing quieter.
    private static float Decay(ReadOnlySpan<float> excitation, int length)
    {
        var late = 1 + TensorPrimitives.SumOfSquares(excitation.Slice(Analysed - length, length));
        var early = 1 + TensorPrimitives.SumOfSquares(excitation.Slice(Analysed - 2 * length, length));
        return MathF.Sqrt(Math.Min(late, early) / early);
    }

    private static void Synthesise(Span<float> buffer, int start, int length, ReadOnlySpan<float> filter)
    {
        for (var i = start; i < start + length; i++)
        {
            var sum = buffer[i];
            for (var j = 0; j < Order; j++)
                sum -= filter[j] * buffer[i - 1 - j];
            buffer[i] = sum;
        }
    }

    // It must not be louder than what it repeats.
    private static void Limit(Span<float> extended, float energyBefore)
    {
        var energy = TensorPrimitives.SumOfSquares<float>(extended);
        if (!(energyBefore > 0.2f * energy)) // also where it is not a number
        {
            extended.Clear();
            return;
        }

        if (energyBefore >= energy)
            return;
        var ratio = MathF.Sqrt((energyBefore + 1) / (energy + 1));
        var window = InverseMdct.Window;
        for (var i = 0; i < Overlap; i++)
            extended[i] *= 1 - window[i] * (1 - ratio);
        TensorPrimitives.Multiply(extended[Overlap..], ratio, extended[Overlap..]);
    }

    // What is behind the frame, as the next one's spectrum would have left it, and without the filter of the pitch, which comes later.
    private void Fold(Span<float> past, PitchFilter filter)
    {
        past.Slice(PastLength, Overlap).CopyTo(_joined);
        PitchFilter.Remove(past, PastLength, filter, _joined);
        var window = InverseMdct.Window;
        for (var i = 0; i < Overlap / 2; i++)
            past[PastLength + i] = window[i] * _joined[Overlap - 1 - i] + window[Overlap - 1 - i] * _joined[i];
    }
}
