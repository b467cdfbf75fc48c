using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms;

/// <summary>The descriptors, and where wanted the mel spectrogram, of the row that a cursor stands on: computed once a row.</summary>
internal sealed class SongOfRow
{
    private readonly MusicDescriptorExtractor _extractor;
    private readonly bool _wantsMel;
    private readonly DataViewRow _row;
    private readonly ValueGetter<VBuffer<float>> _getWaveform;
    private readonly float[] _descriptors;
    private VBuffer<float> _waveform;
    private float[] _dense = [], _mel = [];
    private int _melLength;
    private long? _position;

    public SongOfRow(MusicDescriptorsOptions options, DataViewRow row, DataViewSchema.Column column)
    {
        _extractor = new MusicDescriptorExtractor(options.Groups, options.Names);
        _wantsMel = options.MelOutputColumnName is not null;
        _row = row;
        _getWaveform = row.GetGetter<VBuffer<float>>(column);
        _descriptors = new float[_extractor.Names.Length];
    }

    public ReadOnlySpan<float> Descriptors()
    {
        Update();
        return _descriptors;
    }

    public ReadOnlySpan<float> Mel()
    {
        Update();
        return _mel.AsSpan(0, _melLength);
    }

    private void Update()
    {
        // "This is incremented when the underlying contents changes, giving clients a way to detect change" (DataViewRow.Position).
        if (_position == _row.Position && _position >= 0)
            return;
        _position = null;
        _getWaveform(ref _waveform);
        var samples = VectorTransformer.Dense(_waveform, ref _dense);
        if (!_wantsMel)
            _extractor.Compute(samples, _descriptors);
        else
        {
            _melLength = MusicDescriptorExtractor.MelBandCount * MusicDescriptorExtractor.FrameCount(samples.Length);
            if (_mel.Length < _melLength)
                _mel = new float[_melLength];
            _extractor.Compute(samples, _descriptors, _mel.AsSpan(0, _melLength));
        }
        _position = _row.Position;
    }
}
