using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace SongMood.Transforms;

/// <summary>Computes log10(1 + C x) of every value, or a logarithm of that form (see <see cref="LogCompressOptions"/>).</summary>
public sealed class LogCompressTransformer : VectorTransformer
{
    internal const string Name = "LogCompress";
    private readonly LogCompressOptions _options;

    internal LogCompressTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, LogCompressOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    private protected override object State => _options;

    private protected override ColumnForm DescribeVector(ColumnForm input) => input with { IsNormalized = false };

    private protected override IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) =>
        handedOn.Where(kind => kind != ColumnAnnotations.IsNormalized);

    private protected override IVectorKernel CreateKernel(ColumnForm input) => new Kernel(_options);

    // log_b(o + C x) = (log10(1 + C / o x) + log10 o) / log10 b: where nothing is added, small values keep all their digits.
    private sealed class Kernel(LogCompressOptions options) : IVectorKernel
    {
        private readonly float _factor = options.Factor / options.Offset;
        private readonly float _shift = (float)Math.Log10(options.Offset);
        private readonly float _scale = (float)(1 / Math.Log10(options.Base));

        public long OutputLength(int inputLength) => inputLength;

        public void Compute(ReadOnlySpan<float> input, Span<float> output)
        {
            var smallest = input.IsEmpty ? 0 : TensorPrimitives.Min(input);
            if (smallest is not >= 0)   // NaN too
                throw new InvalidDataException(FormattableString.Invariant($"the smallest value is {smallest}, expected none below 0: ")
                    + "give LogCompress a power or magnitude spectrogram, before any decibels");
            TensorPrimitives.Multiply(input, _factor, output);
            TensorPrimitives.Log10P1(output, output);
            if (_shift == 0 && _scale == 1)
                return;
            TensorPrimitives.Add(output, _shift, output);
            TensorPrimitives.Multiply(output, _scale, output);
        }
    }
}
