namespace SongMood.Dsp.Descriptors;

internal static class Pitch
{
    /// <summary>Pitch class names from C.</summary>
    public static readonly string[] ClassNames = ["C", "Cs", "D", "Ds", "E", "F", "Fs", "G", "Gs", "A", "As", "B"];

    /// <summary>Semitones above C-1 (MIDI note numbers), A4 = 440 Hz = 69.</summary>
    public static double Semitones(double hz) => 69 + 12 * Math.Log2(hz / 440);
}
