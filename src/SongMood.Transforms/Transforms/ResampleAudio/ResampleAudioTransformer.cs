using Microsoft.ML.Runtime;
using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>Changes the sample rate of a waveform column (see <see cref="ResampleAudioOptions"/>).</summary>
public sealed class ResampleAudioTransformer : VectorTransformer
{
    internal const string Name = "ResampleAudio";
    private readonly ResampleAudioOptions _options;

    internal ResampleAudioTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, ResampleAudioOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    private protected override object State => _options;

    private protected override string Expected => Waveforms.Expected;

    private protected override IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) => [ColumnAnnotations.SampleRate];

    private protected override ColumnForm DescribeVector(ColumnForm input)
    {
        if (!input.IsWaveform())
            throw Refusal(input.Name, input.DescribeType(), Expected);
        var fromRate = FromRate(input);
        var sampleCount = input.Size == 0 ? 0 : RateConverter.OutputLength(input.Size, fromRate, _options.SampleRate);
        return input.Waveform(sampleCount) with
        {
            SampleRate = _options.SampleRate,
            HopLength = null,
            IsNormalized = false,
        };
    }

    private protected override IVectorKernel CreateKernel(ColumnForm input) => new Kernel(FromRate(input), _options.SampleRate);

    private int FromRate(ColumnForm input)
    {
        if (_options.FromSampleRate is { } given)
            return input.RateFault(given, "ResampleAudioOptions.FromSampleRate") is { } fault
                ? throw new ArgumentException($"{Name}: {fault}")
                : given;
        return input.SampleRate is { } rate and not ColumnForm.VaryingRate
            ? rate
            : throw Refusal(input.Name, "without one known sample rate",
                "a column that LoadAudio wrote with a SampleRate; or set ResampleAudioOptions.FromSampleRate");
    }

    private sealed class Kernel(int fromRate, int toRate) : IVectorKernel
    {
        private readonly RateConverter _converter = new(fromRate, toRate);

        public long OutputLength(int inputLength) => _converter.OutputLength(inputLength);

        public void Compute(ReadOnlySpan<float> input, Span<float> output) => _converter.Convert(input, output);
    }
}
