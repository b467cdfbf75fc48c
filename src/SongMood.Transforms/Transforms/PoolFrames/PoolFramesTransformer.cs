using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace SongMood.Transforms;

/// <summary>Pools neighbouring frames of a spectrogram into one (see <see cref="PoolFramesOptions"/>).</summary>
public sealed class PoolFramesTransformer : VectorTransformer
{
    internal const string Name = "PoolFrames";
    private readonly PoolFramesOptions _options;

    internal PoolFramesTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, PoolFramesOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    private protected override object State => _options;

    private protected override string Expected => "a spectrogram (bands, frames)";

    private protected override ColumnForm DescribeVector(ColumnForm input)
    {
        if (!input.IsSpectrogram)
            throw Refusal(input.Name, input.DescribeType(), Expected);
        if ((long?)input.HopLength * _options.PoolSize > int.MaxValue)
            throw Refusal(input.Name, $"of hop length {input.HopLength}, which {_options.PoolSize} frames pooled make too long",
                $"at most {int.MaxValue} samples from one pooled frame to the next: choose a smaller PoolSize");
        return input.Spectrogram(input.BandCount, PooledCount(input.FrameCount)) with { HopLength = input.HopLength * _options.PoolSize };
    }

    private protected override IVectorKernel CreateKernel(ColumnForm input) => new Kernel(this, input.BandCount);

    // The last, shorter group counts: no music is dropped.
    private int PooledCount(int frameCount) => (int)(((long)frameCount + _options.PoolSize - 1) / _options.PoolSize);

    private sealed class Kernel(PoolFramesTransformer parent, int bandCount) : IVectorKernel
    {
        public long OutputLength(int inputLength) => (long)bandCount * parent.PooledCount(Frames.Count(inputLength, bandCount));

        public void Compute(ReadOnlySpan<float> input, Span<float> output)
        {
            var size = parent._options.PoolSize;
            var frameCount = input.Length / bandCount;
            var pooledCount = output.Length / bandCount;
            for (var band = 0; band < bandCount; band++)
            {
                var frames = input.Slice(band * frameCount, frameCount);
                var pooled = output.Slice(band * pooledCount, pooledCount);
                for (var i = 0; i < pooled.Length; i++)
                {
                    var group = frames.Slice(i * size, Math.Min(size, frameCount - i * size));
                    pooled[i] = parent._options.Kind == PoolKind.Mean
                        ? TensorPrimitives.Sum(group) / group.Length
                        : TensorPrimitives.Max(group);
                }
            }
        }
    }
}
