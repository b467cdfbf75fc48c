using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Prediction;

/// <summary>Scores a waveform by all steps of a model as they are, whatever they are.</summary>
internal sealed class RowScorer : IWaveformScorer
{
    private readonly VectorRow _input;
    private readonly DataViewRow _output;
    private readonly ValueGetter<VBuffer<float>> _score;
    private readonly ValueGetter<VBuffer<float>>? _embedding;
    private VBuffer<float> _scores, _embedded;

    public RowScorer(MoodModel model)
    {
        var schema = model.Mapper.InputSchema;
        _input = new VectorRow(schema, schema[model.Decoder.OutputColumnName]);
        _output = model.Mapper.GetRow(_input, model.Embedding is { } column ? [model.Score, column] : [model.Score]);
        _score = _output.GetGetter<VBuffer<float>>(model.Score);
        _embedding = model.Embedding is { } embedding ? _output.GetGetter<VBuffer<float>>(embedding) : null;
    }

    public ReadOnlySpan<float> Embedding => _embedded.GetValues();

    public float[] Score(VBuffer<float> waveform)
    {
        _input.Next() = waveform;
        _score(ref _scores);
        _embedding?.Invoke(ref _embedded);
        return [.. _scores.DenseValues()];
    }

    public void Dispose() => _output.Dispose();
}
