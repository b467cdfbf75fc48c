namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Detrended fluctuation analysis of the level (Streich and Herrera, "Detrended fluctuation analysis of music signals: danceability
/// estimation and further semantic characterization", AES 118, 2005): the standard deviations of 10 ms blocks are summed up, cut into
/// boxes from 0.31 to 10 s long (each 1.1 times the one before), and the exponent is the slope of log(fluctuation about each box's
/// line) over log(box length). A strong regular pulse keeps the fluctuation from growing: the smaller the exponent, the more danceable.
/// Owns its buffers: one a thread.
/// </summary>
internal sealed class Fluctuation
{
    private const double BlockSeconds = 0.01, ShortestSeconds = 0.31, LongestSeconds = 10, Growth = 1.1;
    private const double Largest = 3;
    private double[] _sum = [], _sumOfSums = [], _sumOfProducts = [], _sumOfSquares = [];
    private readonly List<(double LogLength, double LogFluctuation)> _points = [];

    /// <summary>1 / the smallest local exponent, 0 to 3; 0 for silence and signals under a second.</summary>
    public double Danceability { get; private set; }

    /// <summary>Mean exponent over boxes of 0.31 to 1 s, 1 to 3 s and 3 to 10 s; 0 where there is none.</summary>
    public double ShortExponent { get; private set; }

    /// <inheritdoc cref="ShortExponent"/>
    public double MiddleExponent { get; private set; }

    /// <inheritdoc cref="ShortExponent"/>
    public double LongExponent { get; private set; }

    public void Compute(ReadOnlySpan<float> samples, int sampleRate)
    {
        var blockLength = Math.Max(1, (int)Math.Round(BlockSeconds * sampleRate));
        var count = samples.Length / blockLength;
        Profile(samples, blockLength, count);
        _points.Clear();
        for (var seconds = ShortestSeconds; seconds <= LongestSeconds; seconds *= Growth)
        {
            var box = (int)Math.Round(seconds / BlockSeconds);
            if (box > count / 2)
                break;
            var fluctuation = MeanFluctuation(box, count);
            if (fluctuation > 1e-12)
                _points.Add((Math.Log(box), Math.Log(fluctuation)));
        }
        ShortExponent = Slope(0, 100);
        MiddleExponent = Slope(100, 300);
        LongExponent = Slope(300, double.PositiveInfinity);
        Danceability = Math.Min(Largest, SmallestSlope() is var slope and > 0 ? 1 / Math.Max(slope, 1 / Largest) : 0);
    }

    /// <summary>The summed-up, centred series and running sums over it, so that a box's line costs no loop.</summary>
    private void Profile(ReadOnlySpan<float> samples, int blockLength, int count)
    {
        if (_sum.Length < count + 1)
            (_sum, _sumOfSums, _sumOfProducts, _sumOfSquares) =
                (new double[count + 1], new double[count + 1], new double[count + 1], new double[count + 1]);
        double total = 0;
        for (var i = 0; i < count; i++)
            total += _sum[i] = Deviation(samples.Slice(i * blockLength, blockLength));
        var mean = count == 0 ? 0 : total / count;
        double profile = 0, sums = 0, products = 0, squares = 0;
        for (var i = 0; i < count; i++)
        {
            profile += _sum[i] - mean;
            _sumOfSums[i] = sums;
            _sumOfProducts[i] = products;
            _sumOfSquares[i] = squares;
            sums += profile;
            products += i * profile;
            squares += profile * profile;
        }
        _sumOfSums[count] = sums;
        _sumOfProducts[count] = products;
        _sumOfSquares[count] = squares;
    }

    /// <summary>Root of the mean square distance from each box's own least-squares line; boxes overlap by up to 90 %.</summary>
    private double MeanFluctuation(int box, int count)
    {
        var hop = Math.Max(1, box / 10);
        var middle = (box - 1) / 2.0;
        var spread = box * ((double)box * box - 1) / 12; // sum of squared distances of 0 ... box - 1 from their middle
        double sum = 0;
        var boxes = 0;
        for (var from = 0; from + box <= count; from += hop, boxes++)
        {
            var y = _sumOfSums[from + box] - _sumOfSums[from];
            var xy = _sumOfProducts[from + box] - _sumOfProducts[from] - (from + middle) * y;
            var yy = _sumOfSquares[from + box] - _sumOfSquares[from];
            sum += Math.Max(0, yy - y * y / box - xy * xy / spread) / box;
        }
        return boxes == 0 ? 0 : Math.Sqrt(sum / boxes);
    }

    private double Slope(double fromBox, double toBox)
    {
        double n = 0, x = 0, y = 0, xx = 0, xy = 0;
        foreach (var (logLength, logFluctuation) in _points)
            if (Math.Exp(logLength) is var box && box >= fromBox - 0.5 && box < toBox - 0.5)
                (n, x, y, xx, xy) = (n + 1, x + logLength, y + logFluctuation, xx + logLength * logLength, xy + logLength * logFluctuation);
        var determinant = n * xx - x * x;
        return n < 2 || determinant <= 0 ? 0 : (n * xy - x * y) / determinant;
    }

    /// <summary>Over five neighbouring box lengths each.</summary>
    private double SmallestSlope()
    {
        var smallest = double.PositiveInfinity;
        for (var i = 0; i + 4 < _points.Count; i++)
            smallest = Math.Min(smallest,
                (_points[i + 4].LogFluctuation - _points[i].LogFluctuation) / (_points[i + 4].LogLength - _points[i].LogLength));
        return double.IsFinite(smallest) ? Math.Max(smallest, 1 / Largest) : 0;
    }

    private static double Deviation(ReadOnlySpan<float> block)
    {
        var mean = (double)System.Numerics.Tensors.TensorPrimitives.Sum(block) / block.Length;
        var squares = (double)System.Numerics.Tensors.TensorPrimitives.SumOfSquares(block) / block.Length;
        return Math.Sqrt(Math.Max(0, squares - mean * mean));
    }
}
