using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace MoodPage;

/// <summary>
/// Keeps ASP.NET Core's keys for as long as the process runs. It makes them with its components and would write them to a file, and
/// nothing here is encrypted by them.
/// </summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly Lock _lock = new();
    private readonly List<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
            return [.. _keys];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
            _keys.Add(element);
    }
}
