using System.Reflection;
using System.Runtime.CompilerServices;
using SongMood.Audio;
using SongMood.Catalogue;
using SongMood.Formats;
using SongMood.Prediction;

namespace SongMood.Tests.Architecture;

/// <summary>
/// Messages and files are the same whatever the machine's culture, which writes 0.5, -1 and NaN in many ways. The libraries are looked
/// through for fractions and times that are put into a text without a culture. Whole numbers are not looked for: counts are never below 0,
/// and then every culture writes them alike.
/// </summary>
public class CultureTests
{
    private static readonly HashSet<Type> Cultural =
        [typeof(double), typeof(float), typeof(Half), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset)];

    public static TheoryData<string> Libraries =>
        [.. new[] { typeof(AudioFile), typeof(MoodPredictor), typeof(AudioFormats), typeof(CatalogueRun) }
            .Select(type => type.Assembly.GetName().Name!).Distinct()];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Fractions_are_written_with_a_culture(string library) => Assert.Empty(
        from type in Assembly.Load(library).GetTypes()
        from method in type.Methods()
        where WritesInCurrentCulture(method)
        select $"{type}.{method.Name}");

    [Fact]
    public void What_is_looked_for_would_be_found()
    {
        Assert.Contains("SongMood", Libraries.Select(row => row.Data));
        Assert.Equal(4, Libraries.Count);
        Assert.True(WritesInCurrentCulture(((Func<double, string>)(value => $"{value} of {1}")).Method));
        Assert.True(WritesInCurrentCulture(((Func<float?, string>)(value => $"{value:F1}")).Method));
        Assert.True(WritesInCurrentCulture(((Func<double, string>)(value => value.ToString("F2"))).Method));
        Assert.False(WritesInCurrentCulture(((Func<double, string>)(value => FormattableString.Invariant($"{value} of {1}"))).Method));
        Assert.False(WritesInCurrentCulture(((Func<double, string>)(value => string.Create(null, $"{value} of {1}"))).Method));
        Assert.False(WritesInCurrentCulture(((Func<int, string>)(value => $"{value}")).Method));
    }

    private static bool WritesInCurrentCulture(MethodBase method)
    {
        var hasCulture = false;
        foreach (var called in method.Called())
        {
            if (called.DeclaringType == typeof(DefaultInterpolatedStringHandler) && called.IsConstructor)
                hasCulture = called.GetParameters().Length > 2; // behind the two lengths
            if (!hasCulture && called is { Name: nameof(DefaultInterpolatedStringHandler.AppendFormatted), IsGenericMethod: true }
                && called.DeclaringType == typeof(DefaultInterpolatedStringHandler) && IsCultural(called.GetGenericArguments()[0]))
                return true;
            if (called is { Name: nameof(ToString), IsStatic: false } && IsCultural(called.DeclaringType!)
                && !called.GetParameters().Any(parameter => parameter.ParameterType == typeof(IFormatProvider)))
                return true;
        }
        return false;
    }

    private static bool IsCultural(Type type) => Cultural.Contains(Nullable.GetUnderlyingType(type) ?? type);
}
