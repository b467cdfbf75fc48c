using SongMood.Transforms.Tests.Dsp.Descriptors;

namespace SongMood.Transforms.Tests.Dsp;

/// <summary>
/// The kernels pick a vector width by what the processor has. So that the others are tested too, this runs the tests of the transform
/// and of the golden cases again in processes where the runtime is told to do without.
/// </summary>
public class VectorWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "Vector512 Avx512F")]
    [InlineData("DOTNET_EnableAVX2", "Vector512 Avx512F Avx2 Fma")]
    [InlineData("DOTNET_EnableHWIntrinsic", "Vector512 Avx512F Avx2 Fma Avx Vector128")]
    public Task Tests_hold_without(string setting, string without) =>
        FewerInstructions.RunAsync(setting, without, typeof(FftTests), typeof(GoldenTests), typeof(DecibelsTests),
            typeof(SpectrogramTests), typeof(FastKernelTests));
}
