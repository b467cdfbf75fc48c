namespace SongMood.Audio;

/// <summary>What has happened in folders since the last time.</summary>
/// <param name="Ready">The paths of songs that are new or have changed, and are whole as far as can be told, in the order of
/// <see cref="AudioFolder.Files"/>.</param>
/// <param name="Gone">The paths of songs that were given before and are no longer there.</param>
public sealed record AudioFolderChange(IReadOnlyList<string> Ready, IReadOnlyList<string> Gone)
{
    /// <summary>Such as "3 ready, 1 gone".</summary>
    public override string ToString() => $"{Ready.Count} ready, {Gone.Count} gone";
}
