using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace SongMood.Tests.Architecture;

/// <summary>One type that a piece of code names, and where it names a member, that too.</summary>
/// <param name="Code">The type, or the type and method, that names it.</param>
/// <param name="Type">The outermost type that <paramref name="Code"/> is written in.</param>
/// <param name="Assembly">The assembly of what is named; its own name for its own types.</param>
/// <param name="Target">The outermost type that is named.</param>
/// <param name="IsInternal">Whether what is named is visible only to its own assembly and those that it trusts.</param>
internal sealed record Reference(string Code, string Type, string Assembly, string Target, bool IsInternal);

/// <summary>A built assembly: its types, the source folders that they are written in, and all that they name.</summary>
/// <remarks>
/// What the compiler leaves no trace of is not seen: constants of other types, and <c>nameof</c>.
/// </remarks>
internal sealed class CompiledAssembly : IDisposable
{
    // Portable PDB specification, "Type Definition Documents": the documents of types whose methods have no sequence points.
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly PEReader _file;
    private readonly MetadataReader _types;
    private readonly MetadataReaderProvider _symbolFile;
    private readonly MetadataReader _symbols;
    private readonly string _sources;

    /// <param name="name">The assembly's name. It and its symbols lie beside this one.</param>
    /// <param name="sources">The folder of its project in the repository, such as "src/SongMood".</param>
    public CompiledAssembly(string name, string sources)
    {
        Name = name;
        _sources = $"/{sources}/";
        var path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        _file = new PEReader(File.OpenRead(path));
        _types = _file.GetMetadataReader();
        _symbolFile = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        _symbols = _symbolFile.GetMetadataReader();
        Folders = _types.TypeDefinitions.Where(IsOutermost)
            .Select(type => (Name: NameOf(type), Folders: FoldersOf(type).ToHashSet()))
            .Where(type => type.Folders.Count > 0) // others are the compiler's
            .ToDictionary(type => type.Name, type => type.Folders);
    }

    public string Name { get; }

    /// <summary>Each outermost type's source folders below the project's, such as "Dsp/Fft"; "" for the project's own.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Folders { get; }

    /// <summary>All that the types name: bases, interfaces, fields, signatures, attributes, and the code of methods.</summary>
    public IEnumerable<Reference> References()
    {
        foreach (var handle in _types.TypeDefinitions)
        {
            var (outermost, code) = (NameOf(Outermost(handle)), FullNameOf(handle));
            if (!Folders.ContainsKey(outermost))
                continue;
            foreach (var use in new TypeUses(_types, _file).Of(handle))
                if (Resolve(use.Used) is var (assembly, target))
                    yield return new(use.Method is null ? code : $"{code}.{use.Method}", outermost, assembly, target,
                        assembly != Name && Visibility.IsInternal(_types, assembly, use.Used));
        }
    }

    public void Dispose()
    {
        _symbolFile.Dispose();
        _file.Dispose();
    }

    private bool IsOutermost(TypeDefinitionHandle type) => _types.GetTypeDefinition(type).GetDeclaringType().IsNil;

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle type) =>
        _types.GetTypeDefinition(type).GetDeclaringType() is { IsNil: false } outer ? Outermost(outer) : type;

    private string NameOf(TypeDefinitionHandle handle)
    {
        var type = _types.GetTypeDefinition(handle);
        return $"{_types.GetString(type.Namespace)}.{_types.GetString(type.Name)}";
    }

    private string FullNameOf(TypeDefinitionHandle handle) => _types.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer
        ? $"{FullNameOf(outer)}+{_types.GetString(_types.GetTypeDefinition(handle).Name)}" : NameOf(handle);

    /// <summary>The assembly and outermost type of a type or a member; null for what has none, such as an array.</summary>
    private (string Assembly, string Type)? Resolve(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => (Name, NameOf(Outermost((TypeDefinitionHandle)handle))),
        HandleKind.TypeReference => OutermostReference((TypeReferenceHandle)handle),
        HandleKind.MemberReference => Resolve(_types.GetMemberReference((MemberReferenceHandle)handle).Parent),
        HandleKind.MethodDefinition => Resolve(_types.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()),
        HandleKind.FieldDefinition => Resolve(_types.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()),
        _ => null, // a constructed type: its parts are uses of their own
    };

    private (string, string)? OutermostReference(TypeReferenceHandle handle)
    {
        var type = _types.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => OutermostReference((TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => (
                _types.GetString(_types.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
                $"{_types.GetString(type.Namespace)}.{_types.GetString(type.Name)}"),
            _ => null,
        };
    }

    private IEnumerable<string> FoldersOf(TypeDefinitionHandle handle)
    {
        var type = _types.GetTypeDefinition(handle);
        var ofMethods = type.GetMethods().SelectMany(method =>
            _symbols.GetMethodDebugInformation(method).GetSequencePoints().Select(point => point.Document));
        var ofType = _symbols.GetCustomDebugInformation(handle).Select(_symbols.GetCustomDebugInformation)
            .Where(information => _symbols.GetGuid(information.Kind) == TypeDocuments)
            .SelectMany(information => Documents(_symbols.GetBlobReader(information.Value)));
        return ofMethods.Concat(ofType).Where(document => !document.IsNil).Distinct().Select(FolderOf).OfType<string>()
            .Concat(type.GetNestedTypes().SelectMany(FoldersOf));
    }

    private static List<DocumentHandle> Documents(BlobReader blob)
    {
        var documents = new List<DocumentHandle>();
        while (blob.RemainingBytes > 0)
            documents.Add(MetadataTokens.DocumentHandle(blob.ReadCompressedInteger()));
        return documents;
    }

    /// <summary>The folder of a source below the project's; null where it is no source of the project, but generated.</summary>
    private string? FolderOf(DocumentHandle document)
    {
        var path = _symbols.GetString(_symbols.GetDocument(document).Name).Replace('\\', '/');
        var start = path.LastIndexOf(_sources, StringComparison.Ordinal);
        if (start < 0 || path.Contains("/obj/"))
            return null;
        var inProject = path[(start + _sources.Length)..];
        return inProject.Contains('/') ? inProject[..inProject.LastIndexOf('/')] : "";
    }
}
