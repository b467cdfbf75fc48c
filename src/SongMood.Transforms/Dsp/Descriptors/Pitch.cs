namespace SongMood.Dsp.Descriptors;

internal static class Pitch
{
    /// <summary>Pitch class names from C.</summary>
    public static readonly string[] ClassNames = ["C", "Cs", "D", "Ds", "E", "F", "Fs", "G", "Gs", "A", "As", "B"];
}
