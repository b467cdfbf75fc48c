using System.Reflection;

namespace SongMood.Tests.Architecture;

/// <summary>What methods call, by their code.</summary>
internal static class MethodCode
{
    /// <summary>The methods and constructors that a type declares.</summary>
    public static IEnumerable<MethodBase> Methods(this Type type)
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;
        return type.GetMethods(all).Concat<MethodBase>(type.GetConstructors(all));
    }

    /// <summary>The methods that a method's code names, in its order.</summary>
    public static IEnumerable<MethodBase> Called(this MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            return [];
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return CodeTokens.Of(code).Select(token => method.Module.ResolveMember(token, ofType, ofMethod)).OfType<MethodBase>();
    }
}
