using SongMood.Scoring;

namespace SongMood.Tests.Scoring;

public class SharedUseTests
{
    [Fact]
    public void The_last_use_frees_it_and_later_ones_are_refused()
    {
        var freed = 0;
        var shared = new SharedUse(() => freed++);
        var (first, second) = (shared.Begin(this), shared.Begin(this));
        shared.Dispose();
        Assert.Contains(nameof(SharedUseTests), Assert.Throws<ObjectDisposedException>(() => shared.Begin(this)).Message);
        first.Dispose();
        Assert.Equal(0, freed);
        second.Dispose();
        Assert.Equal(1, freed);
        shared.Dispose();
        Assert.Equal(1, freed);
    }

    [Fact]
    public void Without_a_use_it_is_freed_at_once()
    {
        var freed = 0;
        var shared = new SharedUse(() => freed++);
        shared.Begin(this).Dispose();
        Assert.Equal(0, freed);
        shared.Dispose();
        Assert.Equal(1, freed);
    }
}
