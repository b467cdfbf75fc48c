using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Embeddings;

/// <summary>Takes what the network says of a clip's next patch.</summary>
internal delegate void PatchListener(ReadOnlySpan<float> embedding);

/// <summary>One clip's way: cut, run in batches, pooled. Keeps its buffers from one clip to the next.</summary>
internal sealed class PatchKernel : IVectorKernel
{
    private readonly PatchNetwork _network;
    private readonly PatchCuts _cuts;
    private readonly bool _framesFirst;
    private readonly int _bandCount;
    private readonly int _batch;
    private readonly float? _belowMaximum;
    private readonly PatchPool _pool;
    private readonly PatchListener _toPool;
    private readonly RunOptions _run = new();
    private float[] _patches = [];
    private float[] _embeddings = [];

    public PatchKernel(PatchNetwork network, PatchCuts cuts, EmbedSpectrogramOptions options)
    {
        (_network, _cuts, _bandCount) = (network, cuts, network.Patch.BandCount);
        _framesFirst = options.Layout == PatchLayout.FramesByBands;
        _belowMaximum = (float?)options.BelowMaximumDb;
        _batch = Math.Min(options.BatchPatches, network.MostPatches);
        _pool = new PatchPool(options.Pooling, network.Patch.EmbeddingSize);
        _toPool = _pool.Include;
    }

    public long OutputLength(int inputLength) => _pool.Length;

    public void Compute(ReadOnlySpan<float> input, Span<float> output)
    {
        _pool.Clear();
        Embed(input, _toPool);
        _pool.Write(output);
    }

    /// <summary>Tells of each patch in turn what the network says.</summary>
    /// <exception cref="InvalidDataException">The spectrogram is empty, or a number of it or of the network's is none.</exception>
    public void Embed(ReadOnlySpan<float> input, PatchListener listener)
    {
        var frameCount = Frames.Count(input.Length, _bandCount);
        if (frameCount == 0)
            throw new InvalidDataException("the row is empty, expected at least one frame");
        if (Finite.FirstNot(input) is >= 0 and var place)
            throw new InvalidDataException(FormattableString.Invariant(
                    $"band {place / frameCount}, frame {place % frameCount} is {input[place]}; ")
                + "expected finite values: look at what computes the column");
        var patchCount = _cuts.Count(frameCount);
        var (silence, loudest) = (TensorPrimitives.Min(input), TensorPrimitives.Max(input));
        for (var first = 0; first < patchCount; first += _batch)
            Run(input, frameCount, first, Math.Min(_batch, patchCount - first), silence, loudest, listener);
    }

    private void Run(
        ReadOnlySpan<float> input, int frameCount, int first, int count, float silence, float loudest, PatchListener listener)
    {
        var (patchSize, size) = (_cuts.Frames * _bandCount, _network.Patch.EmbeddingSize);
        if (_patches.Length < count * patchSize)
            (_patches, _embeddings) = (new float[count * patchSize], new float[count * size]);
        for (var patch = 0; patch < count; patch++)
            Cut(input, frameCount, (first + patch) * _cuts.Hop, silence, _patches.AsSpan(patch * patchSize, patchSize));
        if (_belowMaximum is { } range)
        {
            var patches = _patches.AsSpan(0, count * patchSize);
            TensorPrimitives.Subtract(patches, loudest, patches);
            TensorPrimitives.Max(patches, -range, patches);
        }
        _network.Run(_run, _patches.AsMemory(0, count * patchSize), _embeddings.AsMemory(0, count * size), count);
        for (var patch = 0; patch < count; patch++)
        {
            var embedding = _embeddings.AsSpan(patch * size, size);
            if (Finite.FirstNot(embedding) is >= 0 and var place)
                throw new InvalidDataException(
                    FormattableString.Invariant($"the network says {embedding[place]} in place {place} of patch {first + patch}: look at ")
                    + "whether the column is what it was taught on");
            listener(embedding);
        }
    }

    /// <summary>A patch of a spectrogram (bands, frames), with what is beyond the clip's end.</summary>
    private void Cut(ReadOnlySpan<float> input, int frameCount, int start, float silence, Span<float> patch)
    {
        var kept = Math.Clamp(frameCount - start, 0, _cuts.Frames);
        if (kept < _cuts.Frames)
            patch.Fill(silence);
        for (var band = 0; band < _bandCount; band++)
        {
            var frames = input.Slice(band * frameCount + start, kept);
            if (!_framesFirst)
                frames.CopyTo(patch[(band * _cuts.Frames)..]);
            else
                for (var frame = 0; frame < kept; frame++)
                    patch[frame * _bandCount + band] = frames[frame];
        }
    }
}
