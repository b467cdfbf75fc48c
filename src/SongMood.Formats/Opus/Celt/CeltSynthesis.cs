using System.Numerics.Tensors;

namespace SongMood.Formats.Opus.Celt;

/// <summary>From shapes and energies of bands to samples (RFC 6716, 4.3.6 and 4.3.7).</summary>
internal sealed class CeltSynthesis
{
    /// <summary>Samples that are kept of the past.</summary>
    public const int PastLength = 2048;

    private const int Bands = CeltTables.BandCount, HalfOverlap = InverseMdct.Overlap / 2;
    private const float Emphasis = 0.85000610f, FullScale = 32768, LoudestLog = 32;

    private readonly InverseMdct?[] _transforms = new InverseMdct?[4];
    private readonly float[][] _past;
    private readonly float[] _spectrum = new float[CeltShape.MostSamples], _other = new float[CeltShape.MostSamples];
    private readonly float[] _emphasised = new float[2];
    private readonly int _outputCount;
    private PitchFilter _filterBefore, _filter;

    public CeltSynthesis(int outputCount)
    {
        _outputCount = outputCount;
        _past = [.. Enumerable.Range(0, outputCount).Select(_ => new float[PastLength + InverseMdct.Overlap])];
    }

    /// <summary>The last filter of the pitch.</summary>
    public PitchFilter Filter => _filter;

    public int ChannelCount => _outputCount;

    /// <summary>The last samples of a channel, of a full scale of 32768; behind them what the next frame is joined to.</summary>
    public Span<float> Past(int channel) => _past[channel];

    public void Reset()
    {
        foreach (var past in _past)
            Array.Clear(past);
        Array.Clear(_emphasised);
        (_filterBefore, _filter) = (default, default);
    }

    /// <summary>Plays a frame.</summary>
    /// <param name="shape">Its layout.</param>
    /// <param name="isTransient">Whether it has short blocks.</param>
    /// <param name="isSilent">Whether its spectrum is empty.</param>
    /// <param name="lines">Each channel's bands, of length 1.</param>
    /// <param name="energies">Each band's energy, a row of bands a channel.</param>
    /// <param name="filter">The filter of the pitch; null for none at all.</param>
    /// <param name="output">Interleaved samples.</param>
    public void Play(
        CeltShape shape, bool isTransient, bool isSilent, float[][] lines, ReadOnlySpan<float> energies, PitchFilter? filter,
        Span<float> output)
    {
        var length = shape.Length;
        var isMixed = _outputCount == 1 && shape.ChannelCount == 2;
        for (var channel = 0; channel < _outputCount; channel++)
        {
            if (channel < shape.ChannelCount)
                Scale(shape, isSilent, lines[channel], energies.Slice(channel * Bands, Bands), _spectrum);
            if (isMixed)
            {
                Scale(shape, isSilent, lines[1], energies.Slice(Bands, Bands), _other);
                TensorPrimitives.Add(_spectrum.AsSpan(0, length), _other.AsSpan(0, length), _spectrum);
                TensorPrimitives.Multiply(_spectrum.AsSpan(0, length), 0.5f, _spectrum);
            }

            var samples = MakeRoom(channel, length);
            var transform = Transform(isTransient ? 0 : shape.LengthLog);
            for (var block = 0; block < length / transform.Length; block++)
                transform.Apply(_spectrum, block, length / transform.Length, samples[(block * transform.Length)..]);
        }

        if (filter is { } next)
            FilterPitch(shape, next);
        Emphasise(length, output);
    }

    /// <summary>Moves a channel's past, so that there is room for a frame; gives that room, and that for what is behind it.</summary>
    public Span<float> MakeRoom(int channel, int length)
    {
        var past = _past[channel].AsSpan();
        past[length..(PastLength + HalfOverlap)].CopyTo(past);
        return past[(PastLength - length)..];
    }

    /// <summary>Undoes the encoder's emphasis of high sounds (4.3.7.2).</summary>
    public void Emphasise(int length, Span<float> output)
    {
        for (var channel = 0; channel < _outputCount; channel++)
        {
            var last = _emphasised[channel];
            var samples = _past[channel].AsSpan(PastLength - length, length);
            for (int i = 0, to = channel; i < samples.Length; i++, to += _outputCount)
            {
                last = samples[i] + last;
                output[to] = last * (1 / FullScale);
                last *= Emphasis;
            }

            _emphasised[channel] = last;
        }
    }

    private InverseMdct Transform(int log) => _transforms[log] ??= new InverseMdct(CeltShape.BlockLength << log);

    // 4.3.6
    private static void Scale(CeltShape shape, bool isSilent, ReadOnlySpan<float> lines, ReadOnlySpan<float> energies, Span<float> spectrum)
    {
        spectrum[..shape.Length].Clear();
        if (isSilent)
            return;
        for (var band = shape.StartBand; band < shape.EndBand; band++)
        {
            var gain = float.Exp2(Math.Min(LoudestLog, energies[band] + CeltTables.MeanEnergies[band] / 16f));
            TensorPrimitives.Multiply(lines[shape.Edge(band)..shape.Edge(band + 1)], gain, spectrum[shape.Edge(band)..]);
        }
    }

    // 4.3.7.1: the first 2.5 ms go on with the last frame's filter, as their samples were joined to it.
    private void FilterPitch(CeltShape shape, PitchFilter next)
    {
        const int First = CeltShape.BlockLength;
        foreach (var past in _past)
        {
            var start = PastLength - shape.Length;
            PitchFilter.Apply(past, start, First, _filterBefore, _filter);
            if (shape.LengthLog > 0)
                PitchFilter.Apply(past, start + First, shape.Length - First, _filter, next);
        }

        _filterBefore = shape.LengthLog > 0 ? next : _filter;
        _filter = next;
    }
}
