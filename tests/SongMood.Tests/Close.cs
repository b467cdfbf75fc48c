namespace SongMood.Tests;

/// <summary>
/// Numbers that agree within a tolerance, as many of one as of the other. (A loop over what Zip pairs ends with the shorter one.)
/// </summary>
internal static class Close
{
    public static void Equal(IEnumerable<float> expected, IEnumerable<float> actual, float tolerance)
    {
        float[] wanted = [.. expected], got = [.. actual];
        Assert.NotEmpty(wanted);
        Assert.Equal(wanted.Length, got.Length);
        for (var i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - got[i]) <= tolerance, $"value {i} is {got[i]}, not {wanted[i]} to within {tolerance}");
    }
}
