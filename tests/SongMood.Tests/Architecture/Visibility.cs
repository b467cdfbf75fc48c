using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SongMood.Tests.Architecture;

/// <summary>Says whether another assembly shows a type or a member to everyone, by the assembly as it runs.</summary>
internal static class Visibility
{
    private static readonly ConcurrentDictionary<string, Dictionary<string, HashSet<string>>?> Shown = new();

    /// <summary>Whether the target, in an assembly beside this one, is not public or, for those that derive from it, protected.</summary>
    public static bool IsInternal(MetadataReader types, string assembly, EntityHandle used)
    {
        if (Shown.GetOrAdd(assembly, Read) is not { } shown)
            return false; // an assembly of the run time
        var (type, member) = used.Kind == HandleKind.MemberReference
            ? (types.GetMemberReference((MemberReferenceHandle)used).Parent,
                types.GetString(types.GetMemberReference((MemberReferenceHandle)used).Name))
            : (used, null);
        if (type.Kind == HandleKind.TypeReference)
            return !shown.TryGetValue(NameOf(types, (TypeReferenceHandle)type), out var members)
                || (member is not null && !members.Contains(member));
        return false; // a constructed type's members; its definition is a use of its own
    }

    private static string NameOf(MetadataReader types, TypeReferenceHandle handle)
    {
        var type = types.GetTypeReference(handle);
        var name = types.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(types, (TypeReferenceHandle)type.ResolutionScope)}+{name}" : $"{types.GetString(type.Namespace)}.{name}";
    }

    /// <summary>The types that an assembly shows, with the names of the members that they show; null where it does not lie here.</summary>
    private static Dictionary<string, HashSet<string>>? Read(string assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        if (!File.Exists(path))
            return null;
        using var file = new PEReader(File.OpenRead(path));
        var types = file.GetMetadataReader();
        var shown = new Dictionary<string, HashSet<string>>();
        foreach (var handle in types.TypeDefinitions)
        {
            if (NameIfShown(types, handle) is not { } name)
                continue;
            var type = types.GetTypeDefinition(handle);
            var methods = type.GetMethods().Select(types.GetMethodDefinition)
                .Where(method => (method.Attributes & MethodAttributes.MemberAccessMask)
                    is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)
                .Select(method => types.GetString(method.Name));
            var fields = type.GetFields().Select(types.GetFieldDefinition)
                .Where(field => (field.Attributes & FieldAttributes.FieldAccessMask)
                    is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem)
                .Select(field => types.GetString(field.Name));
            shown.Add(name, [.. methods, .. fields]);
        }
        foreach (var forwarded in types.ExportedTypes.Select(types.GetExportedType))
            shown.TryAdd($"{types.GetString(forwarded.Namespace)}.{types.GetString(forwarded.Name)}", []);
        return shown;
    }

    private static string? NameIfShown(MetadataReader types, TypeDefinitionHandle handle)
    {
        var type = types.GetTypeDefinition(handle);
        var name = types.GetString(type.Name);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => $"{types.GetString(type.Namespace)}.{name}",
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                NameIfShown(types, type.GetDeclaringType()) is { } outer ? $"{outer}+{name}" : null,
            _ => null,
        };
    }
}
