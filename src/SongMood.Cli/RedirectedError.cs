using System.Text;

namespace SongMood.Cli;

/// <summary>
/// The standard error where it is no terminal. It may be closed, or a file on a full disk: then messages are lost, as there is no other
/// place to tell it; the results and the exit code are not.
/// </summary>
internal sealed class RedirectedError(TextWriter error) : TextWriter
{
    public override Encoding Encoding => error.Encoding;

    public override void Write(char value) => Try(() => error.Write(value));

    public override void Write(string? value) => Try(() => error.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => error.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => error.WriteLine(value));

    public override void Flush() => Try(error.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
        }
    }
}
