namespace SongMood.Transforms.Tests.Audio.Mp3;

/// <summary>The decoder's tests again in a process where the runtime is told to do without AVX.</summary>
public class WithoutAvxTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "Vector512 Avx512F")] // no vectors of sixteen
    [InlineData("DOTNET_EnableAVX2", "Vector512 Avx512F Avx2 Fma")] // vectors of eight, and no gathering
    [InlineData("DOTNET_EnableAVX", "Vector512 Avx512F Avx2 Fma Avx")]
    public Task The_decoder_is_the_same(string setting, string without) =>
        FewerInstructions.RunAsync(setting, without, typeof(FrameDecoderTests), typeof(Mp3FixtureTests));
}
