using System.Globalization;

namespace SongMood.Audio;

/// <summary>What can be said of an audio input without decoding it.</summary>
public sealed record AudioInfo
{
    /// <summary>The format's name: "MP3", "WAV", "FLAC", "AIFF", or an added decoder's.</summary>
    public required string Format { get; init; }

    /// <summary>Samples a second.</summary>
    public required int SampleRate { get; init; }

    /// <summary>How many channels there are.</summary>
    public required int ChannelCount { get; init; }

    /// <summary>How long decoding all of it would last.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Bits a second of the audio data, the mean where it varies.</summary>
    public required int BitRate { get; init; }

    /// <summary>Whether the frames have different bit rates.</summary>
    public bool IsVariableBitRate { get; init; }

    /// <summary>The title tag, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The artist tag, the first where there are several, or null.</summary>
    public string? Artist { get; init; }

    /// <summary>The album tag, or null.</summary>
    public string? Album { get; init; }

    /// <summary>The year or date tag as it is written, or null.</summary>
    public string? Year { get; init; }

    /// <summary>The genre tag, or null; ID3's numbers are given as names, and of several the first counts.</summary>
    public string? Genre { get; init; }

    /// <summary>The track tag as it is written ("3" or "3/12"), or null.</summary>
    public string? Track { get; init; }

    /// <summary>The comment tag, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Such as "MP3, 2 channels, 44100 Hz, 30.02 s, 128 kb/s: Artist - Title".</summary>
    public override string ToString()
    {
        var name = string.Join(" - ", new[] { Artist, Title }.Where(text => !string.IsNullOrEmpty(text)));
        return string.Create(CultureInfo.InvariantCulture,
            $"{Format}, {Plural.Of(ChannelCount, "channel")}, {SampleRate} Hz, "
            + $"{Duration.TotalSeconds:0.##} s, {BitRate / 1000.0:0.#} kb/s{(name.Length > 0 ? ": " + name : "")}");
    }
}
