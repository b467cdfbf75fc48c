using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Alterations;
using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Learning;

/// <summary>
/// A pipeline's way from a song to its features, with buffers of its own: for one thread at a time. It does the decoding step's work
/// itself, as a prediction engine could not be stopped in the middle of a long song.
/// </summary>
internal sealed class SongListener : IDisposable
{
    private readonly Excerpt _excerpt;
    private readonly (string Longer, string Larger) _advice;
    private readonly VectorRow _input;
    private readonly DataViewRow _output;
    private readonly ValueGetter<VBuffer<float>> _features;
    private readonly ValueGetter<VBuffer<float>>? _mel;

    /// <param name="pipeline">The way from a song to its features.</param>
    /// <param name="advice">What to do about songs beyond a limit (<see cref="AudioReadOptions.Advice"/>).</param>
    public SongListener(FeaturePipeline pipeline, (string Longer, string Larger) advice)
    {
        _advice = advice;
        ITransformer[] steps = [.. PipelineSteps.Of(pipeline.Transformer)];
        var (decoder, decoded, mapper) = PipelineSteps.FromDecoder(steps, pipeline.InputSchema)!.Value;
        _excerpt = decoder.CreateExcerpt();
        _input = new VectorRow(decoded, decoded[decoder.OutputColumnName]);
        var features = mapper.OutputSchema[LearningRecipe.FeatureColumn];
        DataViewSchema.Column? mel = pipeline.MelType is null ? null : mapper.OutputSchema[LearningRecipe.MelColumn];
        _output = mapper.GetRow(_input, mel is null ? [features] : [features, mel.Value]);
        _features = _output.GetGetter<VBuffer<float>>(features);
        _mel = mel is null ? null : _output.GetGetter<VBuffer<float>>(mel.Value);
    }

    /// <summary>The features of a song, then those of altered copies of it.</summary>
    /// <exception cref="AudioFormatException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, perhaps within the song.</exception>
    public SongFeatures[] Listen(string path, ReadOnlySpan<AudioAlteration> alterations, CancellationToken cancellation)
    {
        var audio = AudioFile.Read(path, _excerpt.ReadOptions with
        {
            MaxBytes = int.MaxValue, // the songs are who learns' own
            Advice = _advice,
            CancellationToken = cancellation,
        });
        var features = new SongFeatures[1 + alterations.Length];
        features[0] = Features(audio);
        for (var copy = 0; copy < alterations.Length; copy++)
        {
            cancellation.ThrowIfCancellationRequested();
            var altered = alterations[copy].Apply(audio.Channel(0), audio.SampleRate); // mono, as it was read
            features[copy + 1] = Features(new Waveform([altered], audio.SampleRate));
        }
        return features;
    }

    private SongFeatures Features(Waveform audio)
    {
        _excerpt.WriteAsRead(audio, ref _input.Next());
        return new SongFeatures { Features = Values(_features), Mel = _mel is null ? null : Values(_mel), Damage = audio.Damage };
    }

    public void Dispose() => _output.Dispose();

    private static float[] Values(ValueGetter<VBuffer<float>> getter)
    {
        VBuffer<float> values = default;
        getter(ref values);
        return [.. values.DenseValues()];
    }
}
