using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Embeddings;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>Scores a waveform by a model of patches, and keeps what its network said of each.</summary>
internal sealed class PatchScorer : IWaveformScorer
{
    private readonly FrontEnd _ofWaveform;
    private readonly FrontEnd? _ofMel;
    private readonly VectorRow _pooled;
    private readonly DataViewRow _head;
    private readonly ValueGetter<VBuffer<float>> _getScores;
    private readonly PatchKernel _kernel;
    private readonly PatchPool _pool;
    private readonly PatchListener _keep;
    private readonly List<float> _patches = [];
    private VBuffer<float> _spectrogram, _scores;
    private float[] _dense = [];

    public PatchScorer(PatchSteps steps)
    {
        Steps = steps;
        _ofWaveform = new FrontEnd(steps.Front, steps.Waveform, steps.Network.InputColumnName);
        if (steps.FrontOfMel is var (mel, front))
            _ofMel = new FrontEnd(front, mel, steps.Network.InputColumnName);
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
        _ofWaveform.Input.Next() = waveform;
        _ofWaveform.GetSpectrogram(ref _spectrogram);
        return ScoreSpectrogram();
    }

    /// <summary>Whether it can begin with the mel powers that descriptors are computed from.</summary>
    public bool TakesMel => _ofMel is not null;

    /// <summary>The same as <see cref="Score"/> of the waveform that these are the mel powers of.</summary>
    /// <param name="bandsByFrames">(bands, frames), as <see cref="Dsp.MelSpectrogram"/> gives them with its default options.</param>
    public float[] ScoreMel(ReadOnlySpan<float> bandsByFrames)
    {
        ref var mel = ref _ofMel!.Input.Next();
        var editor = VBufferEditor.Create(ref mel, bandsByFrames.Length);
        bandsByFrames.CopyTo(editor.Values);
        mel = editor.Commit();
        _ofMel.GetSpectrogram(ref _spectrogram);
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
        _ofWaveform.Dispose();
        _ofMel?.Dispose();
        _head.Dispose();
    }

    private float[] ScoreSpectrogram()
    {
        _patches.Clear();
        _kernel.Embed(VectorTransformer.Dense(_spectrogram, ref _dense), _keep);
        return ScorePatches(Patches);
    }

    /// <summary>A way to the spectrogram that the network hears.</summary>
    private sealed class FrontEnd : IDisposable
    {
        private readonly DataViewRow _row;

        public FrontEnd(IRowToRowMapper steps, DataViewSchema.Column input, string spectrogram)
        {
            var output = steps.OutputSchema[spectrogram];
            Input = new VectorRow(steps.InputSchema, input);
            _row = steps.GetRow(Input, [output]);
            GetSpectrogram = _row.GetGetter<VBuffer<float>>(output);
        }

        public VectorRow Input { get; }

        public ValueGetter<VBuffer<float>> GetSpectrogram { get; }

        public void Dispose() => _row.Dispose();
    }
}
