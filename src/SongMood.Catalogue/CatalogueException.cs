namespace SongMood.Catalogue;

/// <summary>Files of a catalogue that are not what is expected, or a process that could not begin. The message says what to do.</summary>
public sealed class CatalogueException : IOException
{
    internal CatalogueException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
