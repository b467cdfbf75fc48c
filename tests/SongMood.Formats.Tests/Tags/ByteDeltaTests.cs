using SongMood.Formats.Tags;

namespace SongMood.Formats.Tests.Tags;

public class ByteDeltaTests
{
    /// <summary>Whatever was changed, the old bytes come back.</summary>
    [Fact]
    public void Old_bytes_come_back()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var old = Bytes(random, random.Next(3000), i % 3 == 0 ? 2 : 256);
            List<byte> changed = [.. old];
            for (var changes = random.Next(6); changes > 0; changes--)
            {
                var at = random.Next(changed.Count + 1);
                if (random.Next(2) == 0)
                    changed.RemoveRange(at, random.Next(changed.Count - at + 1) / (1 + random.Next(20)));
                else
                    changed.InsertRange(at, Bytes(random, random.Next(200), 256));
            }
            byte[] @new = [.. changed];
            Assert.Equal(old, ByteDelta.Apply(ByteDelta.Between(old, @new), @new));
        }
    }

    [Fact]
    public void Only_what_has_changed_is_given()
    {
        var random = new Random(2);
        var song = Bytes(random, 1 << 20, 256);
        foreach (var audio in new[] { song, new byte[1 << 20] }) // silence is alike everywhere
        {
            byte[] old = [.. Bytes(random, 100, 256), .. audio, .. Bytes(random, 50, 256)];
            byte[] @new = [.. Bytes(random, 1300, 256), .. audio, .. Bytes(random, 250, 256)];
            Assert.InRange(Given(old, @new), 100, 2000);
        }

        // Pages whose numbers have changed, as in an Ogg file whose comment has grown by a page.
        byte[] pages = [.. song], renumbered = [.. Bytes(random, 5000, 256), .. song];
        for (var page = 0; page < pages.Length; page += 4500)
            pages[page] ^= 1;
        Assert.InRange(Given(pages, renumbered), 200, 1 << 16);

        Assert.Empty(ByteDelta.Between(Array.Empty<byte>(), song));
        Assert.Equal(song.Length, Given(song, Array.Empty<byte>()));
        Assert.Equal(0, Given(song, song));
    }

    private static int Given(byte[] old, byte[] @new)
    {
        var parts = ByteDelta.Between(old, @new);
        Assert.Equal(old, ByteDelta.Apply(parts, @new));
        return parts.Where(part => !part.IsCopy).Sum(part => part.Length);
    }

    private static byte[] Bytes(Random random, int count, int values) =>
        [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(values))];
}
