using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace SongMood.Transforms;

/// <summary>Scales each band by the minimum and maximum that were learned of it.</summary>
public sealed class ScaleMinMaxTransformer : VectorTransformer
{
    internal const string Name = "ScaleMinMax";
    private readonly ScaleMinMaxOptions _options;

    internal ScaleMinMaxTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, Fitted fitted)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        _options = fitted.Options;
        _options.Validate();
        Minimum = [.. fitted.Minimum];
        Maximum = [.. fitted.Maximum];
        if (Minimum.Length == 0 || Minimum.Length != Maximum.Length)
            throw new ArgumentException($"there are {Minimum.Length} minima and {Maximum.Length} maxima, expected one each a band");
    }

    /// <summary>The learned minimum of each band; one value where the scope is overall.</summary>
    public ImmutableArray<float> Minimum { get; }

    /// <summary>The learned maximum of each band; one value where the scope is overall.</summary>
    public ImmutableArray<float> Maximum { get; }

    private protected override object State => new Fitted { Options = _options, Minimum = [.. Minimum], Maximum = [.. Maximum] };

    private protected override string Expected => ExpectedFor(_options.Scope);

    private protected override IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) =>
        handedOn.Append(ColumnAnnotations.IsNormalized);

    private protected override ColumnForm DescribeVector(ColumnForm input)
    {
        var bandCount = CountBands(input, _options.Scope)
            ?? throw Refusal(input.Name, input.DescribeType(), Expected);
        if (bandCount != Minimum.Length)
            throw Refusal(input.Name, input.DescribeType(), $"{Plural.Of(Minimum.Length, "band")}, as it was fitted on");
        return input with { IsNormalized = true };
    }

    private protected override IVectorKernel CreateKernel(ColumnForm input) => new Kernel(this);

    internal static string ExpectedFor(MinMaxScope scope) => scope == MinMaxScope.Overall
        ? "a vector of Single"
        : "a spectrogram (bands, frames) or a vector of Single of known size; for a waveform use the scope Overall";

    /// <summary>How many minima such a column has; null where it has no bands.</summary>
    internal static int? CountBands(ColumnForm input, MinMaxScope scope) =>
        scope == MinMaxScope.Overall ? 1
        : input.IsSpectrogram ? input.BandCount
        : input.Size > 0 ? input.Size
        : null;

    /// <summary>What a model file keeps.</summary>
    internal sealed record Fitted
    {
        public ScaleMinMaxOptions Options { get; init; } = new();
        public float[] Minimum { get; init; } = [];
        public float[] Maximum { get; init; } = [];
    }

    private sealed class Kernel : IVectorKernel
    {
        private readonly ScaleMinMaxOptions _options;
        private readonly float[] _minimum;
        private readonly float[] _scale;

        public Kernel(ScaleMinMaxTransformer parent)
        {
            _options = parent._options;
            _minimum = [.. parent.Minimum];
            // A constant band, or one so narrow that the scale would be infinite, has no range: as scikit-learn, a range of 1 is taken,
            // so that its value goes to Lower.
            var width = _options.Upper - _options.Lower;
            _scale = [.. parent.Maximum.Zip(parent.Minimum, (max, min) => width / (max - min) is var scale && float.IsFinite(scale)
                ? scale : width)];
        }

        public long OutputLength(int inputLength) => inputLength;

        public void Compute(ReadOnlySpan<float> input, Span<float> output)
        {
            if (!input.IsEmpty && !float.IsFinite(TensorPrimitives.MaxMagnitude(input)))
                throw new InvalidDataException("a value is NaN or infinite, expected finite ones: look at what computes the column");
            if (input.Length == _minimum.Length)
            {
                TensorPrimitives.Subtract(input, _minimum, output);
                TensorPrimitives.MultiplyAdd(output, _scale, _options.Lower, output);
            }
            else
            {
                var frameCount = Frames.Count(input.Length, _minimum.Length);
                for (var band = 0; band < _minimum.Length; band++)
                {
                    var scaled = output.Slice(band * frameCount, frameCount);
                    TensorPrimitives.Subtract(input.Slice(band * frameCount, frameCount), _minimum[band], scaled);
                    TensorPrimitives.Multiply(scaled, _scale[band], scaled);
                    TensorPrimitives.Add(scaled, _options.Lower, scaled);
                }
            }
            if (_options.Clip)
            {
                TensorPrimitives.Max(output, _options.Lower, output);
                TensorPrimitives.Min(output, _options.Upper, output);
            }
        }
    }
}
