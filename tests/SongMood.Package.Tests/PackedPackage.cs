using System.IO.Compression;
using System.Xml.Linq;

namespace SongMood.Package.Tests;

/// <summary>What is in a package: its files, and what its nuspec says.</summary>
public sealed class PackedPackage
{
    private readonly string _path;
    private readonly XElement _metadata;

    public PackedPackage(string path)
    {
        _path = path;
        Assert.True(File.Exists(path),
            $"{path} was not packed; there are {string.Join(", ", Directory.GetFiles(Path.GetDirectoryName(path)!))}");
        using var zip = ZipFile.OpenRead(path);
        Files = zip.Entries.ToDictionary(entry => entry.FullName, entry => entry.Length);
        using var nuspec = Assert.Single(zip.Entries, entry => entry.FullName.EndsWith(".nuspec")).Open();
        _metadata = XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    public double Megabytes => new FileInfo(_path).Length / 1e6;

    /// <summary>Unpacked lengths in bytes, by name.</summary>
    public IReadOnlyDictionary<string, long> Files { get; }

    /// <summary>An element of the metadata, null where there is none.</summary>
    public XElement? Find(string name) => _metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    public string Text(string file)
    {
        using var zip = ZipFile.OpenRead(_path);
        using var reader = new StreamReader(zip.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }
}
