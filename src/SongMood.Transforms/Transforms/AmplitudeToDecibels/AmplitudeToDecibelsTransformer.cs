using Microsoft.ML.Runtime;
using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>Turns amplitudes into decibels, row by row (see <see cref="DecibelOptions"/>).</summary>
public sealed class AmplitudeToDecibelsTransformer : VectorTransformer
{
    internal const string Name = "AmplitudeToDecibels";
    private readonly DecibelOptions _options;

    internal AmplitudeToDecibelsTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, DecibelOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    private protected override object State => _options;

    private protected override IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) =>
        handedOn.Where(kind => kind != ColumnAnnotations.IsNormalized);

    private protected override ColumnForm DescribeVector(ColumnForm input) => input with { IsNormalized = false };

    private protected override IVectorKernel CreateKernel(ColumnForm input) => new Kernel(_options);

    private sealed class Kernel(DecibelOptions options) : IVectorKernel
    {
        public long OutputLength(int inputLength) => inputLength;

        public void Compute(ReadOnlySpan<float> input, Span<float> output) => Decibels.FromAmplitude(input, output, options);
    }
}
