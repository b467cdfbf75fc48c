using SongMood.Audio;
using SongMood.Audio.Mp3;

namespace SongMood.Transforms.Tests.Audio.Mp3;

public class AllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_allocated_a_frame(bool isHalfRate)
    {
        var bytes = File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3"));
        IFrameDecoder decoder = isHalfRate ? new HalfRateDecoder(false, true) : new FrameDecoder();
        float[] left = new float[1152], right = new float[1152];
        Decode(); // what is made once is made here
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decode();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000); // the walk itself

        void Decode()
        {
            Assert.True(FrameHeader.TryRead(bytes, out var first));
            var start = new WalkPosition(0, new FrameStream(first, 0), false);
            var walker = new FrameWalker(ByteSource.Of(bytes), start, int.MaxValue, LayerThree.Instance);
            var count = 0;
            for (; walker.TryNext(out var place); count++)
                if (decoder.Take(place.Header, place.FollowsBreak, bytes.AsSpan((int)place.Position, place.Length)))
                    decoder.Decode(left, right);
            Assert.InRange(count, 16, 20);
        }
    }
}
