using System.Numerics.Tensors;

namespace SongMood.Formats.Opus.Celt;

/// <summary>CELT's part of an Opus stream (RFC 6716, 4.3): frames of 2.5 to 20 ms, their spectrum to 48 kHz.</summary>
internal sealed class CeltDecoder
{
    private const int Bands = CeltTables.BandCount, NormalSpread = 2;

    private readonly BitAllocation _allocation = new();
    private readonly BandDecoder _bands = new();
    private readonly CeltSynthesis _synthesis;
    private readonly CeltConcealment _concealment = new();
    private readonly float[][] _lines = [new float[CeltShape.MostSamples], new float[CeltShape.MostSamples]];
    private readonly float[] _energies = new float[2 * Bands], _last = new float[2 * Bands], _beforeLast = new float[2 * Bands];
    private readonly float[] _background = new float[2 * Bands];
    private readonly int[] _resolutions = new int[Bands];
    private readonly int _outputCount;
    private int _endBand = Bands, _lossCount;
    private uint _seed;

    /// <param name="outputCount">Channels to play: 1 or 2.</param>
    public CeltDecoder(int outputCount)
    {
        _outputCount = outputCount;
        _synthesis = new CeltSynthesis(outputCount);
        Reset();
    }

    /// <summary>As if nothing had been played.</summary>
    public void Reset()
    {
        Array.Clear(_energies);
        Array.Clear(_background);
        Array.Fill(_last, BandEnergies.Silence);
        Array.Fill(_beforeLast, BandEnergies.Silence);
        (_seed, _lossCount) = (0, 0);
        _synthesis.Reset();
        _concealment.Reset();
    }

    /// <summary>Plays a frame.</summary>
    /// <param name="bits">The frame's, which SILK may have read from before.</param>
    /// <param name="length">Samples.</param>
    /// <param name="channelCount">Channels that are coded.</param>
    /// <param name="startBand">The first band.</param>
    /// <param name="endBand">The band behind the last.</param>
    /// <param name="output">Interleaved samples.</param>
    public void Decode(RangeDecoder bits, int length, int channelCount, int startBand, int endBand, Span<float> output)
    {
        _endBand = endBand;
        var shape = new CeltShape(int.Log2(length / CeltShape.BlockLength), channelCount, startBand, endBand);
        _concealment.FrameArrived(_lossCount);
        if (channelCount == 1)
            TensorPrimitives.Max(_energies.AsSpan(0, Bands), _energies.AsSpan(Bands), _energies.AsSpan(0, Bands));
        var isSilent = bits.Tell >= bits.BitLength || (bits.Tell == 1 && bits.Bit(15));
        if (isSilent)
            bits.SkipToEnd();
        var filter = ReadPitchFilter(bits, startBand);
        var isTransient = shape.LengthLog > 0 && bits.Tell + 3 <= bits.BitLength && bits.Bit(3);
        var isAlone = bits.Tell + 3 <= bits.BitLength && bits.Bit(3);
        BandEnergies.ReadCoarse(bits, shape, isAlone, _energies);
        ReadResolutions(bits, shape, isTransient);
        var spread = bits.Tell + 4 <= bits.BitLength ? bits.Symbol(CeltTables.Spreads, 5) : NormalSpread;
        _allocation.Read(bits, shape, isTransient);
        BandEnergies.ReadFine(bits, shape, _allocation.FineBits, _energies);
        _bands.Read(bits, shape, isTransient, spread, _resolutions, _allocation, ref _seed, _lines[0], _lines[1]);
        var isAntiCollapse = _allocation.AntiCollapseBits > 0 && bits.RawBits(1) == 1;
        BandEnergies.ReadRest(bits, shape, _allocation, _energies);
        if (isAntiCollapse)
            FillCollapsed(shape);
        if (isSilent)
            Array.Fill(_energies, BandEnergies.Silence, 0, channelCount * Bands);
        _synthesis.Play(shape, isTransient, isSilent, _lines, _energies, filter, output);
        KeepEnergies(shape, isTransient);
        _seed = bits.Range;
        _lossCount = 0;
    }

    /// <summary>Plays a frame that is missing.</summary>
    /// <param name="length">Samples.</param>
    /// <param name="startBand">The first band.</param>
    /// <param name="output">Interleaved samples.</param>
    public void Conceal(int length, int startBand, Span<float> output)
    {
        var shape = new CeltShape(int.Log2(length / CeltShape.BlockLength), _outputCount, startBand, _endBand);
        if (_concealment.IsNoise(_lossCount, startBand))
        {
            var decay = _lossCount == 0 ? 1.5f : 0.5f;
            for (var channel = 0; channel < _outputCount; channel++)
                for (var band = startBand; band < _endBand; band++)
                {
                    ref var energy = ref _energies[channel * Bands + band];
                    energy = Math.Max(_background[channel * Bands + band], energy - decay);
                    var part = _lines[channel].AsSpan()[shape.Edge(band)..shape.Edge(band + 1)];
                    foreach (ref var line in part)
                    {
                        _seed = BandPartition.NextRandom(_seed);
                        line = (int)_seed >> 20;
                    }

                    PulseVector.Normalise(part, 1);
                }

            _synthesis.Play(shape, false, false, _lines, _energies, null, output);
        }
        else
        {
            _concealment.Extend(_synthesis, length, _lossCount);
            _synthesis.Emphasise(length, output);
        }

        _lossCount++;
    }

    private static PitchFilter ReadPitchFilter(RangeDecoder bits, int startBand)
    {
        const float Step = 0.09375f;
        if (startBand != 0 || bits.Tell + 16 > bits.BitLength || !bits.Bit(1))
            return default;
        var octave = (int)bits.Uniform(6);
        var period = (16 << octave) + (int)bits.RawBits(4 + octave) - 1;
        var gain = bits.RawBits(3) + 1;
        var shape = bits.Tell + 2 <= bits.BitLength ? bits.Symbol(CeltTables.PostFilterShapes, 2) : 0;
        return new PitchFilter(period, Step * gain, shape);
    }

    // 4.3.1: for each band whether it differs from the one before, then which of two pairs of changes.
    private void ReadResolutions(RangeDecoder bits, CeltShape shape, bool isTransient)
    {
        var log = isTransient ? 2 : 4;
        var isSelected = shape.LengthLog > 0 && bits.Tell + log + 1 <= bits.BitLength;
        var most = bits.BitLength - (isSelected ? 1 : 0);
        int current = 0, any = 0;
        for (var band = shape.StartBand; band < shape.EndBand; band++)
        {
            if (bits.Tell + log <= most)
            {
                current ^= bits.Bit(log) ? 1 : 0;
                any |= current;
            }

            _resolutions[band] = current;
            log = isTransient ? 4 : 5;
        }

        var changes = CeltTables.Resolutions.Slice(8 * shape.LengthLog + (isTransient ? 4 : 0), 4);
        var pair = isSelected && changes[any] != changes[2 + any] && bits.Bit(1) ? 2 : 0;
        for (var band = shape.StartBand; band < shape.EndBand; band++)
            _resolutions[band] = changes[pair + _resolutions[band]];
    }

    private void FillCollapsed(CeltShape shape)
    {
        var seed = _seed;
        for (var band = shape.StartBand; band < shape.EndBand; band++)
            for (var channel = 0; channel < shape.ChannelCount; channel++)
                seed = AntiCollapse.Fill(
                    shape, _allocation, _bands.Masks, _energies, _last, _beforeLast, seed, band, channel, _lines[channel]);
    }

    // The next frame's energies are told from these; noise for missing frames from the quietest.
    private void KeepEnergies(CeltShape shape, bool isTransient)
    {
        const float Rise = 0.001f; // for each 2.5 ms
        const int LongLoss = 10;
        if (shape.ChannelCount == 1)
            _energies.AsSpan(0, Bands).CopyTo(_energies.AsSpan(Bands));
        if (isTransient)
            TensorPrimitives.Min<float>(_last, _energies, _last);
        else
        {
            _last.CopyTo(_beforeLast, 0);
            _energies.CopyTo(_last, 0);
            var rise = _lossCount < LongLoss ? shape.BlockCount * Rise : 1;
            for (var i = 0; i < _background.Length; i++)
                _background[i] = Math.Min(_background[i] + rise, _energies[i]);
        }

        for (var i = 0; i < _energies.Length; i++)
            if (i % Bands < shape.StartBand || i % Bands >= shape.EndBand)
                (_energies[i], _last[i], _beforeLast[i]) = (0, BandEnergies.Silence, BandEnergies.Silence);
    }
}
