using SongMood.Audio;
using SongMood.Audio.Ogg;
using SongMood.Formats.Tests.MpegLayers;
using SongMood.Formats.Tests.Vorbis;
using SongMood.TestSupport;

namespace SongMood.Formats.Tests;

/// <summary>
/// Damaged bytes end in samples or an <see cref="AudioFormatException"/>; SONGMOOD_MUTANTS asks for other ones, "from,count".
/// </summary>
public class MutantsTests
{
    // A minute of two channels four times over, and what a codebook may come to.
    private const long MostAllocated = 4L * 60 * 48_000 * 2 * sizeof(float) + (100 << 20);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(".ogg")]
    [InlineData(".opus")]
    [InlineData(".mp1")]
    [InlineData(".mp2")]
    public void Mutants_decode_or_are_refused(string suffix)
    {
        var asked = Environment.GetEnvironmentVariable("SONGMOOD_MUTANTS")?.Split(',').Select(int.Parse).ToArray() ?? [0, 600];
        var sources = FormatsFixtures.Names().Concat(FormatsFixtures.OpusNames).Where(name => name.EndsWith(suffix))
            .Select(FormatsFixtures.PathOf).Select(File.ReadAllBytes).ToList();
        Assert.True(sources.Count >= 2);
        sources.AddRange(Made(suffix));
        var options = new AudioReadOptions { Decoders = AudioFormats.Decoders(), MaxDuration = TimeSpan.FromSeconds(60) };
        int decoded = 0, refused = 0;
        for (var i = asked[0]; i < asked[0] + asked[1]; i++)
        {
            var random = new Random(i);
            var mutant = Mutate(random, sources[i % sources.Count]);
            if (i % 4 > 0)
                MakeChecksumsRight(mutant); // so that what is damaged gets past the pages
            var start = ThreadTime.Now();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var isDecoded = TryRead(mutant, options, i);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var took = ThreadTime.Now() - start;
            Assert.True(allocated < MostAllocated, $"mutant {i} took {allocated} bytes");
            Assert.True(took < Longest, $"mutant {i} took {took}");
            (decoded, refused) = isDecoded ? (decoded + 1, refused) : (decoded, refused + 1);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{suffix}: {decoded} decoded, {refused} refused");
        Assert.True(decoded > asked[1] / 50 && refused > 0); // a Vorbis file of one page of sound is lost with it
    }

    private static bool TryRead(byte[] mutant, AudioReadOptions options, int index)
    {
        try
        {
            Assert.True(AudioFile.Read(mutant, options).SampleCount > 0);
            return true;
        }
        catch (AudioFormatException e)
        {
            Assert.NotEmpty(e.Message);
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"mutant {index}: {e.Message}", e);
        }
    }

    // What no encoder makes. Of Vorbis, more sound than headers; of Layers I and II, joint stereo with checksums, free format, low rates.
    private static IEnumerable<byte[]> Made(string suffix) => suffix switch
    {
        ".ogg" => Enumerable.Range(0, 4).Select(seed => new RandomVorbis(seed, seed % 2, seed % 3, 2).File(40).Bytes),
        ".mp1" or ".mp2" => new LayerFrames.Kind[]
        {
            new(suffix[^1] - '0', Mode: 1, IsProtected: true),
            new(suffix[^1] - '0', BitRate: 0, FreeLength: 600, IsPadded: true),
            new(suffix[^1] - '0', 2, Rate: 2, Mode: 1, Extension: 3),
        }.Select((kind, seed) => new LayerFrames(seed + 1).Many(kind, 15)),
        _ => [],
    };

    private static void MakeChecksumsRight(byte[] bytes)
    {
        var source = ByteSource.Of(bytes);
        for (long from = 0; OggPage.TryFind(source, from, out var page); from = page.EndPosition)
            OggChecksum.Write(bytes.AsSpan((int)page.Position, page.Length));
    }

    /// <summary>Over what it becomes, the library that read Vorbis before went round for ever.</summary>
    [Fact]
    public void A_packet_that_contradicts_the_one_before_is_played()
    {
        var sources = FormatsFixtures.Names().Where(name => name.EndsWith(".ogg")).Select(FormatsFixtures.PathOf).ToArray();
        var mutant = Mutate(new Random(3286), File.ReadAllBytes(sources[0]));
        MakeChecksumsRight(mutant);
        Assert.True(AudioFile.Read(mutant, new() { Decoders = AudioFormats.Decoders() }).SampleCount > 0);
    }

    private static byte[] Mutate(Random random, byte[] source)
    {
        List<byte> bytes = [.. source];
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(bytes.Count - at, 1 << random.Next(10));
            switch (random.Next(5))
            {
                case 0:
                    for (var i = random.Next(1, 30); i > 0; i--)
                        bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    for (var i = random.Next(1, 10); i > 0; i--)
                        bytes[random.Next(Math.Min(200, bytes.Count))] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    for (var i = at; i < at + length; i++)
                        bytes[i] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }
}
