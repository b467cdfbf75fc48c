using System.Reflection;

namespace SongMood.Training;

/// <summary>Marks an option that says where to look, what to write or when to stop, and not what to learn: a checkpoint, or a result, of
/// the same other options holds whatever this one is.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithoutEffectOnResultAttribute : Attribute
{
    /// <summary>The other options of a class: those that decide the result, by name.</summary>
    public static IEnumerable<PropertyInfo> Others(Type options) => options.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(option => !option.IsDefined(typeof(WithoutEffectOnResultAttribute))).OrderBy(option => option.Name, StringComparer.Ordinal);
}
