using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Embeddings;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>
/// A model that hears a song as patches of its spectrogram, pools what a network says of them, and scores that alone: what lies before
/// the network, and what behind. Each patch says something by itself, so that any part of a song can be scored for next to nothing.
/// </summary>
internal sealed class PatchSteps
{
    private PatchSteps(EmbedSpectrogramTransformer network, DataViewSchema.Column waveform, IRowToRowMapper front, IRowToRowMapper head,
        DataViewSchema.Column score, double secondsPerFrame)
    {
        (Network, Waveform, Front, Head, Score) = (network, waveform, front, head, score);
        (PatchSeconds, HopSeconds) = (network.PatchFrames * secondsPerFrame, network.PatchHop * secondsPerFrame);
    }

    public EmbedSpectrogramTransformer Network { get; }

    public DataViewSchema.Column Waveform { get; }

    /// <summary>From the waveform to the spectrogram.</summary>
    public IRowToRowMapper Front { get; }

    /// <summary>
    /// The column of mel powers, and the way from it to the spectrogram, where the powers are those that descriptors are computed from,
    /// too; null where the front end begins in another way.
    /// </summary>
    public (DataViewSchema.Column Mel, IRowToRowMapper Front)? FrontOfMel { get; private init; }

    /// <summary>From the pooled embedding to the scores.</summary>
    public IRowToRowMapper Head { get; }

    public DataViewSchema.Column Embedding => Head.InputSchema[Network.OutputColumnName];

    public DataViewSchema.Column Score { get; }

    public double PatchSeconds { get; }

    public double HopSeconds { get; }

    /// <summary>Null where the model is of another kind.</summary>
    public static PatchSteps? Find(ITransformer[] steps, DataViewSchema inputSchema)
    {
        var at = Array.FindIndex(steps, step => step is EmbedSpectrogramTransformer);
        var decoderAt = Array.FindIndex(steps, step => step is LoadAudioTransformer);
        if (decoderAt < 0 || at < decoderAt)
            return null;
        var network = (EmbedSpectrogramTransformer)steps[at];
        var (decoder, decoded, front) = PipelineSteps.FromDecoder(steps[..at], inputSchema)!.Value;
        var embedded = network.GetOutputSchema(front.OutputSchema);
        var head = PipelineSteps.AsOne(steps[(at + 1)..]).GetRowToRowMapper(embedded);
        var spectrogram = ColumnForm.Of(front.OutputSchema[network.InputColumnName]);
        return MoodModel.TryGetMoods(head.OutputSchema, out var score, out _)
            && head.GetDependencies([score]).All(column => column.Index == embedded[network.OutputColumnName].Index)
            && spectrogram is { SampleRate: > 0, HopLength: > 0 }
            ? new PatchSteps(network, decoded[decoder.OutputColumnName], front, head, score,
                (double)spectrogram.HopLength.Value / spectrogram.SampleRate.Value)
            {
                FrontOfMel = FindFrontOfMel(
                    steps[(decoderAt + 1)..at], decoded, decoded[decoder.OutputColumnName], network.InputColumnName),
            }
            : null;
    }

    private static (DataViewSchema.Column Mel, IRowToRowMapper Front)? FindFrontOfMel(
        ITransformer[] steps, DataViewSchema decoded, DataViewSchema.Column waveform, string spectrogram)
    {
        if (steps is not [MelSpectrogramTransformer { IsOfDescriptors: true } mel, .. var rest]
            || decoded[mel.InputColumnName].Index != waveform.Index)
            return null;
        var schema = mel.GetOutputSchema(decoded);
        var (column, front) = (schema[mel.OutputColumnName], PipelineSteps.AsOne(rest).GetRowToRowMapper(schema));
        var needed = front.GetDependencies([front.OutputSchema[spectrogram]]);
        return needed.All(each => each.Index == column.Index) ? (column, front) : null;
    }
}
