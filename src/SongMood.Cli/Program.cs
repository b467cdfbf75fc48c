using System.Globalization;
using SongMood.Cli;

// One form of numbers and letters in every output and message, whatever the machine's language: what one machine writes, another reads.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;
return await SongMoodTool.RunAsync(args, ToolConsole.System());
