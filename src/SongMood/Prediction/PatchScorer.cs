using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Embeddings;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>Scores a waveform by a model of patches, and keeps what its network said of each.</summary>
internal sealed class PatchScorer : IWaveformScorer
{
    private readonly VectorRow _waveform, _pooled;
    private readonly DataViewRow _front, _head;
    private readonly ValueGetter<VBuffer<float>> _getSpectrogram, _getScores;
    private readonly PatchKernel _kernel;
    private readonly PatchPool _pool;
    private readonly PatchListener _keep;
    private readonly List<float> _patches = [];
    private readonly VectorRow? _mel;
    private readonly DataViewRow? _frontOfMel;
    private readonly ValueGetter<VBuffer<float>>? _getSpectrogramOfMel;
    private VBuffer<float> _spectrogram, _scores;
    private float[] _dense = [];

    public PatchScorer(PatchSteps steps)
    {
        Steps = steps;
        _waveform = new VectorRow(steps.Front.InputSchema, steps.Waveform);
        _front = steps.Front.GetRow(_waveform, [steps.Spectrogram]);
        _getSpectrogram = _front.GetGetter<VBuffer<float>>(steps.Spectrogram);
        if (steps.FrontOfMel is var (mel, front))
        {
            _mel = new VectorRow(front.InputSchema, mel);
            _frontOfMel = front.GetRow(_mel, [front.OutputSchema[steps.Network.InputColumnName]]);
            _getSpectrogramOfMel = _frontOfMel.GetGetter<VBuffer<float>>(front.OutputSchema[steps.Network.InputColumnName]);
        }
        _pooled = new VectorRow(steps.Head.InputSchema, steps.Embedding);
        _head = steps.Head.GetRow(_pooled, [steps.Score]);
        _getScores = _head.GetGetter<VBuffer<float>>(steps.Score);
        (_kernel, _pool) = (steps.Network.CreatePatchKernel(), steps.Network.CreatePool());
        _keep = embedding => _patches.AddRange(embedding);
    }

    public PatchSteps Steps { get; }

    /// <summary>What the network said of the patches of the waveform that was scored last, one row after the other.</summary>
    public ReadOnlySpan<float> Patches => CollectionsMarshal.AsSpan(_patches);

    public ReadOnlySpan<float> Embedding => _pooled[0].GetValues();

    public float[] Score(VBuffer<float> waveform)
    {
        _waveform.Next() = waveform;
        _getSpectrogram(ref _spectrogram);
        return ScoreSpectrogram();
    }

    /// <summary>Whether it can begin with the mel powers that descriptors are computed from.</summary>
    public bool TakesMel => _mel is not null;

    /// <summary>The same as <see cref="Score"/> of the waveform that these are the mel powers of.</summary>
    /// <param name="bandsByFrames">(bands, frames), as <see cref="Dsp.MelSpectrogram"/> gives them with its default options.</param>
    public float[] ScoreMel(ReadOnlySpan<float> bandsByFrames)
    {
        ref var mel = ref _mel!.Next();
        var editor = VBufferEditor.Create(ref mel, bandsByFrames.Length);
        bandsByFrames.CopyTo(editor.Values);
        mel = editor.Commit();
        _getSpectrogramOfMel!(ref _spectrogram);
        return ScoreSpectrogram();
    }

    /// <summary>Scores some patches, given as rows.</summary>
    public float[] ScorePatches(ReadOnlySpan<float> patches)
    {
        _pool.Clear();
        for (; !patches.IsEmpty; patches = patches[Steps.Network.EmbeddingSize..])
            _pool.Include(patches[..Steps.Network.EmbeddingSize]);
        var pooled = new float[_pool.Length];
        _pool.Write(pooled);
        _pooled.Next() = new VBuffer<float>(pooled.Length, pooled);
        _getScores(ref _scores);
        return [.. _scores.DenseValues()];
    }

    public void Dispose()
    {
        _front.Dispose();
        _frontOfMel?.Dispose();
        _head.Dispose();
    }

    private float[] ScoreSpectrogram()
    {
        _patches.Clear();
        _kernel.Embed(VectorTransformer.Dense(_spectrogram, ref _dense), _keep);
        return ScorePatches(Patches);
    }
}
