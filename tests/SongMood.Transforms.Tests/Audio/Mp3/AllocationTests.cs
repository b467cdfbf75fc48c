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
        var frames = FrameIndex.Build(bytes, int.MaxValue).Frames;
        IFrameDecoder decoder = isHalfRate ? new HalfRateDecoder(false, true) : new FrameDecoder();
        float[] left = new float[1152], right = new float[1152];
        for (var i = 0; i < frames.Count; i++) // what is made once is made here
            decoder.Decode(frames[i], bytes, left, right);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < frames.Count; i++)
            decoder.Decode(frames[i], bytes, left, right);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
