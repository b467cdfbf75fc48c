namespace System.Runtime.CompilerServices;

/// <summary>The runtime knows this attribute by its name: internals of the named assembly may be used by the assembly that carries it.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
