using System.Globalization;
using SongMood.Cli;
using SongMood.Formats;

// One form of numbers and letters in every output and message, whatever the machine's language: what one machine writes, another reads.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;
AudioFormats.AddAll(new() { UseFfmpeg = AudioFormats.FindFfmpeg() is not null });
return await SongMoodTool.RunAsync(args, ToolConsole.System());
