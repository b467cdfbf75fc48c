using System.Numerics.Tensors;
using Microsoft.ML.Runtime;
using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms;

/// <summary>Computes mel-frequency cepstral coefficients of a mel spectrogram in decibels (see <see cref="MfccOptions"/>).</summary>
public sealed class MfccTransformer : VectorTransformer
{
    internal const string Name = "Mfcc";
    private readonly MfccOptions _options;

    internal MfccTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, MfccOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    private protected override object State => _options;

    private protected override string Expected =>
        $"a mel spectrogram (bands, frames) of {_options.CoefficientCount} bands or more: put MelSpectrogram and PowerToDecibels before it";

    private protected override IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) =>
        handedOn.Where(kind => kind != ColumnAnnotations.IsNormalized);

    private protected override ColumnForm DescribeVector(ColumnForm input) =>
        input.IsSpectrogram && input.BandCount >= _options.CoefficientCount
        ? input.Spectrogram(_options.CoefficientCount, input.FrameCount) with { IsNormalized = false }
        : throw Refusal(input.Name, input.DescribeType(), Expected);

    private protected override IVectorKernel CreateKernel(ColumnForm input) => new Kernel(_options, input.BandCount);

    private sealed class Kernel(MfccOptions options, int bandCount) : IVectorKernel
    {
        private readonly MelCepstrum _cepstrum = new(bandCount, options.CoefficientCount);

        public long OutputLength(int inputLength) => (long)options.CoefficientCount * Frames.Count(inputLength, bandCount);

        public void Compute(ReadOnlySpan<float> input, Span<float> output)
        {
            var frameCount = input.Length / bandCount;
            _cepstrum.Compute(input, output, frameCount);
            for (var k = 0; options.Lifter > 0 && k < options.CoefficientCount; k++)
            {
                var coefficient = output.Slice(k * frameCount, frameCount);
                var scale = 1 + options.Lifter / 2 * Math.Sin(Math.PI * (k + 1) / options.Lifter);
                TensorPrimitives.Multiply(coefficient, (float)scale, coefficient);
            }
        }
    }
}
