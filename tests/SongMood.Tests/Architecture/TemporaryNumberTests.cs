using System.Reflection;
using SongMood.Networks;
using SongMood.Tests.Trainers;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Architecture;

/// <summary>
/// No number that is handed to libtorch may be freed while libtorch reads it: <see cref="TensorNumbers"/> says why. TorchSharp's
/// methods in which that can happen are found by their code: they turn a number into a <see cref="Scalar"/> in passing, or call one that
/// does.
/// </summary>
[Collection(nameof(Torch))]
public class TemporaryNumberTests
{
    private static readonly Lazy<HashSet<MethodBase>> Risky = new(FindRisky);

    [Fact]
    public void Those_of_TorchSharp_are_found()
    {
        foreach (var (name, parameters) in ((string, Type[])[])[
            ("op_Addition", [typeof(torch.Tensor), typeof(torch.Tensor)]), ("op_Multiply", [typeof(torch.Tensor), typeof(double)]),
            ("square", []), ("add_", [typeof(torch.Tensor)])])
            Assert.Contains(typeof(torch.Tensor).GetMethod(name, parameters)!, Risky.Value);
        Type[] optimizers = [typeof(TorchSharp.Modules.Adam), typeof(TorchSharp.Modules.AdamW), typeof(TorchSharp.Modules.SGD)];
        foreach (var optimizer in optimizers)
            Assert.Contains(optimizer.Methods(), method => method.Name.Contains("step") && Risky.Value.Contains(method));
        Assert.DoesNotContain(typeof(torch.Tensor).GetMethod("mul", [typeof(torch.Tensor)])!, Risky.Value);
    }

    [Fact]
    public void SongMood_calls_none_of_them()
    {
        var calls = (from type in typeof(Optimizers).Assembly.GetTypes()
                     from method in type.Methods()
                     from called in method.Called()
                     where called.Module.Assembly == typeof(torch).Assembly
                     select (Method: method, Called: called)).ToArray();
        Assert.Contains(calls, call => call.Called.Name == nameof(torch.matmul));
        Assert.Empty(calls.Where(call => Risky.Value.Contains(call.Called)).Select(Describe));
        Assert.Empty(calls.Where(call => call.Method.DeclaringType != typeof(TensorNumbers)
            && call.Called is MethodInfo { ReturnType: var made } && made == typeof(Scalar)).Select(Describe));

        static string Describe((MethodBase Method, MethodBase Called) call) =>
            $"{call.Method.DeclaringType}.{call.Method.Name} calls {call.Called.DeclaringType!.Name}.{call.Called}";
    }

    /// <summary>Modules are called through their base class.</summary>
    [Fact]
    public void Nor_do_the_modules_that_its_networks_are_made_of()
    {
        var modules = typeof(Network).Assembly.GetTypes().SelectMany(type =>
                type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .SelectMany(field => field.FieldType.GetGenericArguments().Append(field.FieldType))
            .Where(type => type.Namespace == "TorchSharp.Modules" && typeof(torch.nn.Module).IsAssignableFrom(type)).ToHashSet();
        Assert.Superset(new HashSet<Type> { typeof(TorchSharp.Modules.Linear), typeof(TorchSharp.Modules.GRU) }, modules);
        Assert.Empty(modules.SelectMany(MethodCode.Methods)
            .Where(method => method.Name is "forward" or "call" && Risky.Value.Contains(method))
            .Select(method => $"{method.DeclaringType}.{method}"));
    }

    private static HashSet<MethodBase> FindRisky()
    {
        var callers = (from type in typeof(torch).Assembly.GetTypes()
                       from method in type.Methods()
                       from called in method.Called()
                       select (method, called)).ToLookup(call => call.called, call => call.method);
        var open = new Queue<MethodBase>(typeof(Scalar).GetMethods().Where(method => method.Name == "op_Implicit"));
        var risky = new HashSet<MethodBase>(open);
        while (open.TryDequeue(out var method))
            foreach (var caller in callers[method])
                if (risky.Add(caller))
                    open.Enqueue(caller);
        return risky;
    }
}
