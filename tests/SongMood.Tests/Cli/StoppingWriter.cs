using System.Text;

namespace SongMood.Tests.Cli;

/// <summary>
/// Keeps what the tool says, and cancels it once a text is among it: at one point of its work, however fast the machine is, as the tool
/// speaks from within that work.
/// </summary>
internal sealed class StoppingWriter(string text, CancellationTokenSource stop) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(text) == true)
            stop.Cancel();
    }

    public override Encoding Encoding => Encoding.UTF8;
}
