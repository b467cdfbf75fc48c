using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SongMood.Persistence;

/// <summary>
/// Reads what a model file says of a component into an object that has every setting at its default: what the file does not say stays so.
/// It goes through the properties by reflection, because the serializer has a thousand methods compiled for their types, for which an app's
/// first prediction would wait. What it reads is what <see cref="ComponentFile.Save"/> writes by the serializer.
/// </summary>
internal static class SavedState
{
    /// <param name="target">A record, or a new one; its properties are set.</param>
    /// <param name="saved">A JSON object.</param>
    /// <exception cref="FormatException">
    /// A value is none of the setting's type, or a setting is not known: it could change the numbers, so it is refused, not skipped.
    /// </exception>
    public static void Fill(object target, JsonElement saved)
    {
        if (saved.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{target.GetType().Name} is {saved.ValueKind}, expected an object");
        var properties = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        PropertyInfo[] settings = [.. properties.Where(property => property.CanWrite
            && property.GetCustomAttribute<JsonIgnoreAttribute>() is null or { Condition: not JsonIgnoreCondition.Always })];
        foreach (var member in saved.EnumerateObject())
        {
            var setting = Array.Find(settings, property => NameOf(property) == member.Name) ?? throw new FormatException(
                $"{target.GetType().Name} has no setting '{member.Name}'; known are {string.Join(", ", settings.Select(NameOf))}");
            setting.SetValue(target, Read(member.Value, setting, setting.GetValue(target)));
        }
    }

    /// <summary>As <see cref="ComponentFile"/> writes it.</summary>
    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static object? Read(JsonElement saved, PropertyInfo setting, object? before)
    {
        try
        {
            if (saved.ValueKind != JsonValueKind.Null)
                return Read(saved, setting.PropertyType, before);
            if (Nullable.GetUnderlyingType(setting.PropertyType) is null
                && new NullabilityInfoContext().Create(setting).WriteState != NullabilityState.Nullable)
                throw new FormatException($"it is null, expected {setting.PropertyType.Name}");
            return null;
        }
        catch (FormatException fault)
        {
            throw new FormatException($"'{NameOf(setting)}': {fault.Message}");
        }
    }

    private static object Read(JsonElement saved, Type type, object? before)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(JsonElement))
            return saved;
        if (type.IsEnum)
            return saved.ValueKind == JsonValueKind.String && IsNamed(saved.GetString()!, type, out var known) ? known!
                : throw Refusal($"one of {string.Join(", ", Enum.GetNames(type))}");
        if (type.IsArray)
            return saved.ValueKind == JsonValueKind.Array ? ReadArray(saved, type.GetElementType()!) : throw Refusal("an array");
        if (type == typeof(string))
            return saved.ValueKind == JsonValueKind.String ? saved.GetString()! : throw Refusal("a text");
        if (type == typeof(bool))
            return saved.ValueKind is JsonValueKind.True or JsonValueKind.False ? saved.GetBoolean() : throw Refusal("true or false");
        if (type == typeof(int))
            return saved.ValueKind == JsonValueKind.Number && saved.TryGetInt32(out var whole) ? whole : throw Refusal("a whole number");
        if (type == typeof(float) || type == typeof(double))
        {
            var number = ReadNumber(saved) ?? throw Refusal("a number");
            return type == typeof(float) ? (object)number.Single : number.Double;
        }
        var target = before ?? Activator.CreateInstance(type)!;
        Fill(target, saved);
        return target;

        FormatException Refusal(string expected) =>
            new($"it is {(saved.GetRawText() is { Length: > 40 } text ? text[..40] + "..." : saved.GetRawText())}, expected {expected}");
    }

    /// <summary>Whether a text is a name of an enum's, or names of one whose values are put together; not a number.</summary>
    private static bool IsNamed(string text, Type type, out object? known) =>
        Enum.TryParse(type, text, ignoreCase: true, out known) && char.IsAsciiLetter(text.TrimStart()[0])
        && (Enum.IsDefined(type, known!) || type.IsDefined(typeof(FlagsAttribute)));

    private static Array ReadArray(JsonElement saved, Type type)
    {
        var array = Array.CreateInstance(type, saved.GetArrayLength());
        var at = 0;
        foreach (var element in saved.EnumerateArray())
            array.SetValue(element.ValueKind == JsonValueKind.Null && !type.IsValueType ? null : Read(element, type, before: null), at++);
        return array;
    }

    /// <summary>Null where it is none. Those that JSON has no form for are text, as the serializer writes them.</summary>
    private static (float Single, double Double)? ReadNumber(JsonElement saved) => saved.ValueKind switch
    {
        JsonValueKind.Number => (saved.GetSingle(), saved.GetDouble()),
        JsonValueKind.String => saved.GetString() switch
        {
            "NaN" => (float.NaN, double.NaN),
            "Infinity" => (float.PositiveInfinity, double.PositiveInfinity),
            "-Infinity" => (float.NegativeInfinity, double.NegativeInfinity),
            _ => null,
        },
        _ => null,
    };
}
