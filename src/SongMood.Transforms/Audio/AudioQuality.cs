namespace SongMood.Audio;

/// <summary>How much of the coded audio is turned into samples.</summary>
public enum AudioQuality
{
    /// <summary>All of it, as the standard says. The default.</summary>
    Exact,

    /// <summary>
    /// Where mono at half the file's rate or less is asked for: MP3s are mixed down before the synthesis, and only the lower half of
    /// the subbands is synthesised, at half the rate. Close to the top of the spectrum it differs from exact (docs/audio.md has
    /// figures). Elsewhere it is the same as exact.
    /// </summary>
    Fast,
}
