// Every link of the built docs site leads to a file of it, and to a place within that file:
//     dotnet run build/check-site.cs -- artifacts/site
using System.Net;
using System.Text.RegularExpressions;

var root = Path.GetFullPath(args[0]);
var files = Directory.GetFiles(root, "*.html", SearchOption.AllDirectories);
var texts = files.ToDictionary(file => file, File.ReadAllText);
var broken = new SortedSet<string>(StringComparer.Ordinal);
var count = 0;
foreach (var (file, text) in texts)
    foreach (Match match in Regex.Matches(text, """(?:href|src|srcset)="([^"]*)" """.TrimEnd()))
    {
        var link = WebUtility.HtmlDecode(match.Groups[1].Value);
        if (link.Length == 0 || Regex.IsMatch(link, "^(https?:|data:|mailto:)"))
            continue;
        count++;
        var parts = link.Split('#');
        var path = parts[0].Length == 0 ? file
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(parts[0].Split('?')[0])));
        if (Directory.Exists(path))
            path = Path.Combine(path, "index.html");
        var anchor = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        if (!path.StartsWith(root, StringComparison.Ordinal) || !File.Exists(path))
            broken.Add($"{Path.GetRelativePath(root, file)}: {link}");
        else if (anchor.Length > 0 && texts.TryGetValue(path, out var target) && !target.Contains($"id=\"{anchor}\""))
            broken.Add($"{Path.GetRelativePath(root, file)}: {link} (no such place)");
    }
foreach (var link in broken)
    Console.Error.WriteLine(link);
Console.WriteLine($"{files.Length} pages, {count} links within the site, {broken.Count} broken");
return files.Length > 100 && count > 1000 && broken.Count == 0 ? 0 : 1;
