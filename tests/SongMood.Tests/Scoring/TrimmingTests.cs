using SongMood.Scoring;

namespace SongMood.Tests.Scoring;

public class TrimmingTests
{
    [Fact]
    public void In_an_app_that_is_whole_the_loaders_are_there() => Assert.False(Trimming.HasCutLoaders);
}
