using SongMood.Audio;
using SongMood.Audio.Flac;
using SongMood.Audio.Ogg;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio.Flac;

public class FlacDamageTests
{
    private const int BlockSize = 1000, Count = 20_500;

    private readonly byte[] _stream;
    private readonly Waveform _whole;
    private readonly List<FlacFrame> _frames = [];

    public FlacDamageTests()
    {
        var random = new Random(5);
        _stream = new FlacWriter(random, 10_000, 16) { BlockSize = BlockSize }.Write(FlacSignal.Make(random, 16, 2, Count));
        _whole = AudioFile.Read(_stream);
        var layout = FlacLayout.Read(ByteSource.Of(_stream), int.MaxValue, new FlacFrameDecoder());
        for (var at = layout.First.Position; layout.Frames.TryDecode(at, out var frame); at = frame.EndPosition)
            _frames.Add(frame);
        Assert.Equal(21, _frames.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(19)]
    public void One_flipped_bit_makes_its_frame_silent_and_all_others_keep_their_time(int index)
    {
        var bytes = _stream.ToArray();
        var frame = _frames[index];
        bytes[frame.Position + frame.Length / 2] ^= 4;
        var wave = AudioFile.Read(bytes);
        Assert.Equal((1, (long)frame.Length), (wave.Damage.LostFrameCount, wave.Damage.SkippedByteCount));
        Assert.Equal(TimeSpan.FromSeconds(2.05), wave.Damage.Promised);
        Assert.Equal(TimeSpan.FromSeconds(1.95), wave.Damage.Decoded);
        Assert.Equal(Count, wave.SampleCount);
        for (var i = 0; i < Count; i++)
            Assert.Equal(i / BlockSize == index ? 0 : _whole.Channel(1)[i], wave.Channel(1)[i]);
    }

    [Fact]
    public void Bytes_that_are_cut_out_or_put_in_are_told()
    {
        var (third, fifth) = ((int)_frames[3].Position, (int)_frames[5].Position);
        var cut = AudioFile.Read((byte[])[.. _stream[..third], .. _stream[fifth..]]);
        Assert.Equal((2, 0L), (cut.Damage.LostFrameCount, cut.Damage.SkippedByteCount));
        Assert.True(cut.Channel(0)[3000..5000].IndexOfAnyExcept(0f) < 0);
        Assert.Equal(_whole.Channel(0)[5000..], cut.Channel(0)[5000..]);

        var put = AudioFile.Read((byte[])[.. _stream[..third], .. new byte[777], .. _stream[third..]]);
        Assert.Equal((1, 777L), (put.Damage.LostFrameCount, put.Damage.SkippedByteCount));
        Assert.Equal(_whole.Channel(0), put.Channel(0));

        var twice = AudioFile.Read((byte[])[.. _stream[..fifth], .. _stream[third..]]);
        Assert.Equal((1, (long)fifth - third), (twice.Damage.LostFrameCount, twice.Damage.SkippedByteCount));
        Assert.Equal(_whole.Channel(0), twice.Channel(0));
    }

    [Fact]
    public void A_stream_cut_short_gives_its_whole_frames_and_says_what_is_missing()
    {
        var cutFrame = _frames.Skip(5).First(frame => frame.Length > 100);
        var wave = AudioFile.Read(_stream.AsMemory(0, (int)cutFrame.Position + 50));
        Assert.Equal(cutFrame.Start, wave.SampleCount);
        Assert.Equal(_whole.Channel(0)[..(int)cutFrame.Start], wave.Channel(0));
        var missing = 21 - (int)cutFrame.Start / BlockSize;
        Assert.Equal((missing, 50L, (TimeSpan?)TimeSpan.FromSeconds(2.05)),
            (wave.Damage.LostFrameCount, wave.Damage.SkippedByteCount, wave.Damage.Promised));
        Assert.Equal($"{missing} frames and 50 bytes are missing or damaged (silent where others follow); "
            + FormattableString.Invariant($"{cutFrame.Start / 10_000.0:F1} s of 2.0 s are there"), wave.Damage.ToString());
    }

    [Fact]
    public void A_stream_that_begins_in_its_middle_is_read_from_its_first_frame_on()
    {
        var wave = AudioFile.Read(_stream.AsMemory((int)_frames[4].Position));
        Assert.Equal(_whole.Channel(1)[4000..], wave.Channel(1));
        Assert.False(wave.Damage.IsAny);
        var cut = AudioFile.Read(_stream.AsMemory((int)_frames[4].Position + 5));
        Assert.Equal(_whole.Channel(1)[5000..], cut.Channel(1));
        Assert.Equal(_frames[4].Length - 5, cut.Damage.SkippedByteCount);
    }

    [Fact]
    public void Samples_that_are_not_the_encoders_are_told_by_their_digest()
    {
        var bytes = _stream.ToArray();
        bytes[4 + 4 + 18] ^= 1; // of the MD5
        var wave = AudioFile.Read(bytes);
        Assert.True(wave.Damage is { IsAny: true, IsOtherThanEncoded: true, LostFrameCount: 0 });
        Assert.Contains("MD5", wave.Damage.ToString());
        Assert.Equal(_whole.Channel(0), wave.Channel(0));
        Assert.False(AudioFile.Read(bytes, new() { Duration = TimeSpan.FromSeconds(1) }).Damage.IsAny); // of a part nobody can tell
        using var stream = new MemoryStream(bytes);
        var told = AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(0.5)).Select(piece => piece.Damage.IsAny).ToArray();
        Assert.Equal([false, false, false, false, true], told);
    }

    [Fact]
    public void Pieces_tell_damage_when_it_grows()
    {
        var bytes = _stream.ToArray();
        bytes[_frames[7].Position + 20] ^= 1;
        bytes[_frames[12].Position + 20] ^= 1;
        using var stream = new MemoryStream(bytes);
        Assert.Equal([0, 1, 2, 0, 0], AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(0.5)).Select(piece => piece.DamagedFrameCount));
    }

    [Fact]
    public void Tags_around_the_stream_are_no_damage()
    {
        byte[] id3 = [.. "ID3\u0004\0\0\0\0\u0001\0"u8, .. new byte[128]];
        var wave = AudioFile.Read((byte[])[.. id3, .. _stream, .. "TAG"u8, .. new byte[125]]);
        Assert.False(wave.Damage.IsAny);
        Assert.Equal(_whole.Channel(0), wave.Channel(0));
    }

    [Theory]
    [InlineData(0)] // unknown
    [InlineData(Count - 400)]
    [InlineData(Count + 1)]
    public void Frames_are_believed_rather_than_the_number_of_samples(long said)
    {
        var random = new Random(5);
        var samples = FlacSignal.Make(random, 16, 2, Count);
        var wave = AudioFile.Read(new FlacWriter(random, 10_000, 16) { SaidCount = said }.Write(samples));
        Assert.Equal(Count, wave.SampleCount);
        Assert.Equal(said > Count, wave.Damage.IsAny);
    }

    [Theory]
    [InlineData(5, 0xFF)] // a metadata block longer than the file
    [InlineData(7, 0x24)] // by two bytes too long: it claims some of the first frame
    [InlineData(7, 0x10)] // too short, so that some of it is taken for other blocks
    [InlineData(4, 0x04)] // not the last block, so that a frame is taken for one
    public void Metadata_of_a_wrong_length_do_not_hide_the_frames(int at, byte value)
    {
        var bytes = _stream.ToArray();
        bytes[at] = value;
        var wave = AudioFile.Read(bytes);
        Assert.Equal(_whole.Channel(0), wave.Channel(0));
        Assert.Equal("nothing is lost", wave.Damage.ToString()); // the first sample is there
    }

    [Fact]
    public void What_has_no_sound_frame_is_refused_with_its_place()
    {
        foreach (var length in new[] { 4, 30, 42, 43, 60 })
        {
            var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(_stream.AsMemory(0, length)));
            Assert.Contains("no sound frame", error.Message);
            Assert.NotNull(error.BytePosition);
        }
    }

    /// <summary>Found by mutant 53062: what looked like FLAC lay behind the page that should have held it.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    public void An_Ogg_page_that_is_too_short_for_its_mark_is_refused(byte length)
    {
        byte[] page = [.. "OggS\0\u0002"u8, .. new byte[20], 1, length, 0x7F, .. "FLAC\u0001\0\0\u0001fLaC"u8];
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(page));
    }

    /// <summary>ffmpeg's header does not say how many samples there are: only the page does, which ends too early.</summary>
    [Theory]
    [InlineData("ffmpeg-ogg-16.oga")]
    [InlineData("flac-ogg-16.oga")]
    public void An_Ogg_page_that_is_cut_short_is_told(string name)
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOfLossless(name));
        var page = OggPage.All(ByteSource.Of(bytes), 0).Last(page => page.BodyLength > 0);
        var (whole, cut) = (AudioFile.Read(bytes), AudioFile.Read(bytes.AsMemory(0, (int)page.EndPosition - 3)));
        Assert.InRange(cut.Damage.LostFrameCount, 1, 2);
        Assert.InRange(cut.Damage.SkippedByteCount, 1, page.BodyLength);
        Assert.InRange(cut.SampleCount, 1, whole.SampleCount - 1);
        Assert.Equal(whole.Channel(0)[..cut.SampleCount], cut.Channel(0)); // what is there of the page is played
    }

    /// <summary>Headers that fit, each with 65,536 samples of eight channels in a few bytes, and no frame that does.</summary>
    [Fact]
    public void Bytes_that_look_like_frames_cannot_take_forever()
    {
        var header = new BitWriter();
        header.Write(0x7FFC << 1, 16);
        header.Write(0x79, 8);
        header.Write(0x78, 8);
        header.Write(0, 8);
        header.Write(0xFFFF, 16);
        header.Write(BitWriter.Crc(header.ToArray(), 0x07, 8), 8);
        Assert.True(FlacFrameHeader.TryRead([.. header.ToArray(), .. new byte[20]], out var read));
        Assert.Equal((65536, 8), (read.BlockSize, read.ChannelCount));
        byte[] bytes = [.. "fLaC"u8, .. _stream[4..42], .. Enumerable.Repeat(header.ToArray(), 100_000).SelectMany(bytes => bytes)];
        var start = ThreadTime.Now();
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes));
        Assert.True(ThreadTime.Now() - start < TimeSpan.FromSeconds(60)); // unbounded, it would be many minutes
    }
}
