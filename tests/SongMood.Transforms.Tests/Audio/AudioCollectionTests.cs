using SongMood.Audio;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>Real files of the data folder.</summary>
public class AudioCollectionTests
{
    // Files of a tag collection that hold no whole audio frame after their tag.
    private static readonly string[] WithoutAudio =
    [
        "bad-POPM-frame", "emptyfile", "compressed_id3_frame", "excessive_alloc", "extended-header", "w000", "chinese_id3", "empty_file",
        "id3_comment_utf_16", "id3_genre_id_out_of_bounds", "id3v1_does_not_overwrite", "id3v1-latin1", "id3v22_with_image", "id3v22.TCO",
        "id3v24", "incomplete", "invalid_file_larger", "mpeg1_44khz", "multiple_images", "title_after_image", "__utf-8-id3v2",
        "__utf16", "__UTF16",
    ];

    [Fact]
    public void Every_clip_decodes()
    {
        var files = Directory.GetFiles(TestData.Require("4q"), "*.mp3", SearchOption.AllDirectories);
        Assert.Equal(600, files.Length);
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, file =>
        {
            var clip = AudioFile.Read(file);
            Assert.InRange(clip.Duration.TotalSeconds, 5, 40);
            Assert.Equal(0, clip.DamagedFrameCount);
        });
    }

    [Fact]
    public void Every_tagged_file_decodes_or_has_no_audio()
    {
        int decoded = 0, refused = 0;
        foreach (var file in Directory.GetFiles(TestData.Require("mp3-tagged"), "*.mp3", SearchOption.AllDirectories))
            if (WithoutAudio.Any(name => Path.GetFileName(file).Contains(name)))
            {
                Assert.Throws<AudioFormatException>(() => AudioFile.Read(file));
                refused++;
            }
            else
            {
                Assert.True(AudioFile.Read(file).SampleCount > 0, file);
                decoded++;
            }

        Assert.True(decoded > 80 && refused >= WithoutAudio.Length, $"{decoded} decoded, {refused} refused");
    }
}
