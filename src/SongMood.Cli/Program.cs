using SongMood.Cli;

Console.OutputEncoding = System.Text.Encoding.UTF8;
return await SongMoodTool.RunAsync(args, ToolConsole.System());
