using SongMood.Audio;

namespace SongMood.Learning;

/// <summary>A song of which a part is lost; what is left of it was heard.</summary>
/// <param name="Path">The audio file.</param>
/// <param name="Text">What is lost, as <see cref="AudioDamage.ToString"/> says it.</param>
public sealed record SongDamage(string Path, string Text)
{
    internal static SongDamage? Of(LabelledSong song, AudioDamage damage) =>
        damage.IsAny ? new SongDamage(song.AudioPath!, damage.ToString()) : null;

    /// <summary>Such as "song.mp3: 3 frames are missing or damaged and were left out; 14.9 s of 30.0 s are there".</summary>
    public override string ToString() => $"{Path}: {Text}";
}
