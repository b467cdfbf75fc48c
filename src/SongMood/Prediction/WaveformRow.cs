using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Prediction;

/// <summary>
/// One row as a model sees it behind its decoding step: the waveform is set from outside, every other column is never read. It makes
/// a <see cref="PredictionEngine{TSrc,TDst}"/> unnecessary, which would ask for a value of every column the model was trained with.
/// </summary>
internal sealed class WaveformRow(DataViewSchema schema, DataViewSchema.Column waveform) : DataViewRow
{
    private VBuffer<float> _waveform;
    private long _position = -1;

    public override DataViewSchema Schema => schema;

    /// <summary>A new one for each song: transformers with several outputs keep what they computed for a position.</summary>
    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>Moves on to the next song, whose waveform is to be written to what is returned.</summary>
    public ref VBuffer<float> NextWaveform()
    {
        _position++;
        return ref _waveform;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index == waveform.Index;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index != waveform.Index)
            throw new InvalidOperationException($"Column '{column.Name}' is not there: only '{waveform.Name}' is.");
        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) => _waveform.CopyTo(ref value);
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is a vector of Single, not {typeof(TValue)}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
}
