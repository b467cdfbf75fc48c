using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace SongMood.Tests.Architecture;

/// <summary>Gathers every type and member that one type of an assembly names (ECMA-335, partition II, 22 and 23; partition III).</summary>
internal sealed class TypeUses(MetadataReader types, PEReader file)
{
    private readonly HashSet<(string? Method, EntityHandle Used)> _uses = [];
    private string? _method; // whose uses are being gathered; null for the type itself

    /// <summary>What a type names, and in which method; null for the type's own declaration.</summary>
    public IReadOnlyCollection<(string? Method, EntityHandle Used)> Of(TypeDefinitionHandle handle)
    {
        var type = types.GetTypeDefinition(handle);
        Add(type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations())
            Add(types.GetInterfaceImplementation(implementation).Interface);
        AddConstraints(type.GetGenericParameters());
        AddAttributes(type.GetCustomAttributes());
        foreach (var field in type.GetFields().Select(types.GetFieldDefinition))
        {
            field.DecodeSignature(new Parts(this), null);
            AddAttributes(field.GetCustomAttributes());
        }
        foreach (var property in type.GetProperties())
            AddAttributes(types.GetPropertyDefinition(property).GetCustomAttributes());
        foreach (var method in type.GetMethods().Select(types.GetMethodDefinition))
            AddMethod(method);
        return _uses;
    }

    private void AddMethod(MethodDefinition method)
    {
        _method = types.GetString(method.Name);
        method.DecodeSignature(new Parts(this), null);
        AddConstraints(method.GetGenericParameters());
        AddAttributes(method.GetCustomAttributes());
        foreach (var parameter in method.GetParameters())
            AddAttributes(types.GetParameter(parameter).GetCustomAttributes());
        if (method.RelativeVirtualAddress != 0)
        {
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
                types.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(new Parts(this), null);
            foreach (var region in body.ExceptionRegions)
                Add(region.CatchType);
            foreach (var token in CodeTokens.Of(body.GetILBytes()!))
                Add(MetadataTokens.EntityHandle(token));
        }
        _method = null;
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => types.GetGenericParameter(parameter).GetConstraints()))
            Add(types.GetGenericParameterConstraint(constraint).Type);
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes)
            Add(types.GetCustomAttribute(attribute).Constructor);
    }

    private void Add(EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        _uses.Add((_method, handle));
        switch (handle.Kind)
        {
            case HandleKind.TypeSpecification:
                types.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new Parts(this), null);
                break;
            case HandleKind.MethodSpecification:
                var method = types.GetMethodSpecification((MethodSpecificationHandle)handle);
                method.DecodeSignature(new Parts(this), null);
                Add(method.Method);
                break;
            case HandleKind.MemberReference:
                var member = types.GetMemberReference((MemberReferenceHandle)handle);
                Add(member.Parent);
                if (member.GetKind() == MemberReferenceKind.Method)
                    member.DecodeMethodSignature(new Parts(this), null);
                else
                    member.DecodeFieldSignature(new Parts(this), null);
                break;
        }
    }

    /// <summary>Adds the types that a signature is made of.</summary>
    private sealed class Parts(TypeUses uses) : ISignatureTypeProvider<object?, object?>
    {
        public object? GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Add(handle);

        public object? GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Add(handle);

        public object? GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
            Add(handle);

        public object? GetArrayType(object? elementType, ArrayShape shape) => null;

        public object? GetByReferenceType(object? elementType) => null;

        public object? GetFunctionPointerType(MethodSignature<object?> signature) => null;

        public object? GetGenericInstantiation(object? genericType, ImmutableArray<object?> typeArguments) => null;

        public object? GetGenericMethodParameter(object? context, int index) => null;

        public object? GetGenericTypeParameter(object? context, int index) => null;

        public object? GetModifiedType(object? modifier, object? unmodifiedType, bool isRequired) => null;

        public object? GetPinnedType(object? elementType) => null;

        public object? GetPointerType(object? elementType) => null;

        public object? GetPrimitiveType(PrimitiveTypeCode typeCode) => null;

        public object? GetSZArrayType(object? elementType) => null;

        private object? Add(EntityHandle handle)
        {
            uses.Add(handle);
            return null;
        }
    }
}
