namespace SongMood.Dsp.Descriptors.Groups;

internal sealed class MfccGroup() : DescriptorGroup(DescriptorGroups.Mfcc, DescriptorNames.Mfcc)
{
    /// <summary>Coefficients whose covariance is taken.</summary>
    public const int CovarianceSize = 13;

    private const int TextureFrames = 43; // 1 s, the texture window of Tzanetakis and Cook (2002)
    private readonly float[] _means = new float[CovarianceSize];
    private readonly Matrix _textureMeans = new(1), _textureDeviations = new(1);

    public override void Write(ReadOnlySpan<float> samples, SongAnalysis song, SlotWriter slots)
    {
        var mfcc = song.Frames.Mfcc;
        slots.AddRows(mfcc);
        WriteTexture(mfcc, slots);
        for (var k = 0; k < CovarianceSize; k++)
            _means[k] = Summary.MeanAndDeviation(mfcc.Row(k)).Mean;
        for (var i = 0; i < CovarianceSize; i++)
            for (var j = i + 1; j < CovarianceSize; j++)
                slots.Add(Covariance(mfcc.Row(i), _means[i], mfcc.Row(j), _means[j]));
    }

    /// <summary>How the means of whole seconds vary, how much is going on in a second, and how that varies.</summary>
    private void WriteTexture(Matrix mfcc, SlotWriter slots)
    {
        var windows = Math.Max(1, mfcc.ColumnCount / TextureFrames);
        _textureMeans.Resize(windows);
        _textureDeviations.Resize(windows);
        Span<float> meanStd = stackalloc float[mfcc.RowCount], stdMean = stackalloc float[mfcc.RowCount],
        stdStd = stackalloc float[mfcc.RowCount];
        for (var k = 0; k < mfcc.RowCount; k++)
        {
            for (var w = 0; w < windows; w++)
                (_textureMeans.Values[w], _textureDeviations.Values[w]) = Summary.MeanAndDeviation(
                    mfcc.Row(k).Slice(w * TextureFrames, Math.Min(TextureFrames, mfcc.ColumnCount)));
            meanStd[k] = Summary.MeanAndDeviation(_textureMeans.Values).Deviation;
            (stdMean[k], stdStd[k]) = Summary.MeanAndDeviation(_textureDeviations.Values);
        }
        slots.AddAll(meanStd);
        slots.AddAll(stdMean);
        slots.AddAll(stdStd);
    }

    private static double Covariance(ReadOnlySpan<float> x, float xMean, ReadOnlySpan<float> y, float yMean)
    {
        double sum = 0;
        for (var t = 0; t < x.Length; t++)
            sum += (x[t] - xMean) * (double)(y[t] - yMean);
        return sum / x.Length;
    }
}
