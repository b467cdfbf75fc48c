namespace SongMood.Docs.Tests;

/// <summary>Runs something and keeps what it prints.</summary>
internal static class PrintedText
{
    public static async Task<string> OfAsync(Func<Task> run)
    {
        var output = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            await run();
        }
        finally
        {
            Console.SetOut(output);
        }
        return printed.ToString();
    }
}
