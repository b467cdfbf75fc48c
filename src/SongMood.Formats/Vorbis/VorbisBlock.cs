using System.Runtime.CompilerServices;

namespace SongMood.Formats.Vorbis;

/// <summary>Reads the spectra of one block after the other (Vorbis I specification, 4.3.2 to 4.3.6).</summary>
internal sealed unsafe class VorbisBlock
{
    private readonly VorbisSetup _setup;
    private readonly VorbisBits _bits = new();
    private readonly int _channelCount, _rowLength;
    private readonly float[] _lines, _interleaved;
    private readonly int[] _states; // what floors tell, a row a channel
    private readonly int _stateLength;
    private readonly byte[] _classes;
    private readonly bool[] _isHeard, _isCoded;
    private readonly nint[] _vectors;
    private readonly int[] _channels;

    public VorbisBlock(VorbisHead head, VorbisSetup setup)
    {
        (_setup, _channelCount, _rowLength) = (setup, head.ChannelCount, head.LongLength / 2);
        _lines = GC.AllocateArray<float>(_channelCount * _rowLength, pinned: true);
        _interleaved = GC.AllocateArray<float>(_channelCount * _rowLength, pinned: true);
        _stateLength = setup.Floors.Max(floor => floor.StateLength);
        _states = new int[_channelCount * _stateLength];
        _classes = new byte[setup.Residues.Max(residue => residue.IsInterleaved
            ? residue.PartitionsOf(_channelCount * _rowLength) : _channelCount * residue.PartitionsOf(_rowLength))];
        (_isHeard, _isCoded) = (new bool[_channelCount], new bool[_channelCount]);
        (_vectors, _channels) = (new nint[_channelCount], new int[_channelCount]);
    }

    /// <summary>Lines of the last block.</summary>
    public int LineCount { get; private set; }

    /// <summary>The last block's spectrum of a channel.</summary>
    public Span<float> Lines(int channel) => _lines.AsSpan(channel * _rowLength, LineCount);

    /// <summary>Reads a packet; false where it is no block. One that ends early has zeros from there on (4.3).</summary>
    public bool TryRead(ReadOnlySpan<byte> packet)
    {
        _bits.Open(packet);
        if (!_setup.TryReadMode(_bits, out var length, out var mapping))
            return false;
        LineCount = length / 2;
        for (var channel = 0; channel < _channelCount; channel++)
        {
            var floor = FloorOf(mapping, channel);
            _isHeard[channel] = _isCoded[channel] = floor.TryRead(_bits, State(floor, channel));
            Lines(channel).Clear();
        }

        foreach (var (magnitude, angle) in mapping.Couplings)
            _isCoded[magnitude] = _isCoded[angle] = _isCoded[magnitude] || _isCoded[angle];
        for (var submap = 0; submap < mapping.Submaps.Length; submap++)
            ReadResidue(mapping, submap);
        for (var i = mapping.Couplings.Length - 1; i >= 0; i--)
            StereoCoupling.Undo(Lines(mapping.Couplings[i].Magnitude), Lines(mapping.Couplings[i].Angle));
        for (var channel = 0; channel < _channelCount; channel++)
            if (!_isHeard[channel])
                Lines(channel).Clear();
            else if (FloorOf(mapping, channel) is var floor)
                floor.Apply(State(floor, channel), Lines(channel));
        return true;
    }

    private void ReadResidue(VorbisMapping mapping, int submap)
    {
        var residue = mapping.Submaps[submap].Residue;
        int all = 0, coded = 0;
        for (var channel = 0; channel < _channelCount; channel++)
        {
            if (mapping.SubmapOf[channel] != submap)
                continue;
            _channels[all++] = channel;
            if (_isCoded[channel])
                _vectors[coded++] = (nint)Unsafe.AsPointer(ref _lines[channel * _rowLength]);
        }

        if (coded == 0)
            return;
        if (!residue.IsInterleaved)
        {
            residue.Read(_bits, _vectors.AsSpan(0, coded), LineCount, _classes);
            return;
        }

        // 8.6.5: where one of them is coded, all are.
        var together = _interleaved.AsSpan(0, all * LineCount);
        together.Clear();
        residue.Read(_bits, [(nint)Unsafe.AsPointer(ref _interleaved[0])], together.Length, _classes);
        for (var i = 0; i < all; i++)
        {
            var lines = Lines(_channels[i]);
            for (int k = 0, from = i; k < lines.Length; k++, from += all)
                lines[k] = together[from];
        }
    }

    private Span<int> State(Floor floor, int channel) => _states.AsSpan(channel * _stateLength, floor.StateLength);

    private static Floor FloorOf(VorbisMapping mapping, int channel) => mapping.Submaps[mapping.SubmapOf[channel]].Floor;
}
