using SongMood.Dsp;

namespace SongMood.Audio;

/// <summary>
/// A stream at another rate: the same samples as <see cref="Resampler.Resample"/> makes of the whole. The converter works on blocks, so
/// that it needs no more of the signal than some blocks and their overlap.
/// </summary>
internal sealed class RateStream : SampleStream
{
    private const int GoodLength = 1 << 14; // input samples at a time, which stay in a processor's cache

    private readonly SampleStream _inner;
    private readonly RateConverter _converter;
    private readonly int _blockIn, _overlap, _step, _blocksAtOnce;
    private readonly float[][] _input, _output; // their rows may be longer than what is used of them
    private readonly int _inputLength;
    private readonly long _nearest; // from here on the whole signal's conversion pads with zeros
    private BetweenSamples.Time _time;
    private long _position, _nextBlock, _inputRead, _outputStart;
    private int _outputCount;

    /// <param name="inner">The stream.</param>
    /// <param name="converter">From its rate to another one; it may serve other streams before and after.</param>
    /// <param name="input">Rows for what is converted; null for rows of its own.</param>
    /// <param name="output">Rows for what comes of it; null for rows of its own.</param>
    public RateStream(SampleStream inner, RateConverter converter, KeptRows? input = null, KeptRows? output = null)
    {
        (_inner, _converter) = (inner, converter);
        SampleCount = LengthAt(inner.SampleCount, inner.SampleRate, SampleRate);
        _nearest = (long)Math.Min(Math.Floor(inner.SampleCount / ((double)inner.SampleRate / SampleRate) + 0.5), SampleCount);
        (_blockIn, _overlap, _step, var mostOut) = converter.Block;
        _blocksAtOnce = Math.Max(1, GoodLength / _step);
        _inputLength = (_blocksAtOnce - 1) * _step + _blockIn;
        _input = (input ?? new KeptRows()).Of(ChannelCount, _inputLength);
        _output = (output ?? new KeptRows()).Of(ChannelCount, _blocksAtOnce * mostOut);
    }

    public override int SampleRate => _converter.ToHz;

    public override int ChannelCount => _inner.ChannelCount;

    public override long SampleCount { get; }

    public override AudioDamage Damage => _inner.Damage;

    /// <summary>How many samples come of so many at another rate.</summary>
    public static long LengthAt(long sampleCount, int fromHz, int toHz) =>
        fromHz == toHz ? sampleCount : (long)Math.Ceiling(sampleCount * ((double)toHz / fromHz));

    public override void Read(float[][] target, int start, int count)
    {
        while (count > 0)
        {
            if (_position == _outputStart + _outputCount)
                ConvertNext();
            var at = (int)(_position - _outputStart);
            var taken = Math.Min(count, _outputCount - at);
            for (var channel = 0; channel < target.Length; channel++)
                _output[channel].AsSpan(at, taken).CopyTo(target[channel].AsSpan(start));
            _position += taken;
            start += taken;
            count -= taken;
        }
    }

    private void ConvertNext()
    {
        FillInput();
        _outputStart += _outputCount;
        _outputCount = 0;
        var before = _time;
        foreach (var (input, output) in _input.Zip(_output))
        {
            _time = before; // each channel goes the same way
            _outputCount = 0;
            for (var block = 0; block < _blocksAtOnce; block++)
                _outputCount += _converter.ConvertBlock(
                    input.AsSpan(block * _step, _blockIn), _nextBlock + block, ref _time, output.AsSpan(_outputCount));
            if (_nextBlock == 0)
                _converter.CorrectStart(
                    input.AsSpan(_overlap, (int)Math.Min(_inputRead, _inputLength - _overlap)),
                    output.AsSpan(0, (int)Math.Min(_outputCount, _nearest)));
            if (_outputStart + _outputCount > _nearest)
                output.AsSpan((int)Math.Max(0, _nearest - _outputStart),
                    (int)(_outputStart + _outputCount - Math.Max(_nearest, _outputStart))).Clear();
        }

        _nextBlock += _blocksAtOnce;
    }

    // The blocks' inputs: what the last ones share with them, new ones, and zeros where there are none any more.
    private void FillInput()
    {
        var length = _inputLength;
        var shared = _nextBlock == 0 ? _overlap : _blockIn - _step;
        var taken = (int)Math.Min(length - shared, _inner.SampleCount - _inputRead);
        foreach (var row in _input)
        {
            if (_nextBlock == 0)
                row.AsSpan(0, shared).Clear();
            else
                row.AsSpan(length - shared, shared).CopyTo(row);
            row.AsSpan(shared + taken, length - shared - taken).Clear();
        }

        _inner.Read(_input, shared, taken);
        foreach (var row in _input)
            Samples.RequireFinite(row.AsSpan(shared, taken));
        _inputRead += taken;
    }
}
