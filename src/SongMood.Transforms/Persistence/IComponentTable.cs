using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace SongMood.Persistence;

/// <summary>
/// Which component a saved one becomes. The components' side has it and names it by <see cref="ComponentTableAttribute"/>.
/// </summary>
internal interface IComponentTable
{
    /// <summary>The JSON code of all states.</summary>
    IJsonTypeInfoResolver States { get; }

    /// <summary>A component's <see cref="SavedComponent.State"/> with every setting at its default.</summary>
    /// <exception cref="FormatException">There is no component of this name; the message lists those that are.</exception>
    object NewState(string name);

    /// <summary>The component as it was when it was saved.</summary>
    /// <exception cref="ArgumentException">Its state is out of range.</exception>
    /// <exception cref="FormatException">Something is missing.</exception>
    /// <exception cref="InvalidDataException">Its network is none that can be taken.</exception>
    ITransformer Create(IHostEnvironment env, SavedComponent saved);
}

/// <summary>Names the assembly's component table, so that loading knows no component.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ComponentTableAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type type) : Attribute
{
    /// <summary>An <see cref="IComponentTable"/> with a constructor without parameters.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type Type { get; } = type;
}
