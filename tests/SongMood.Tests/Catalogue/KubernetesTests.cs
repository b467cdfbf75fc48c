using System.Diagnostics;
using System.Text.Json;
using k8s;
using k8s.Models;
using SongMood.TestSupport;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace SongMood.Tests.Catalogue;

/// <summary>
/// The files in deploy/kubernetes against the API's schema: its official client for .NET, generated from the API's OpenAPI description,
/// reads them strictly, so that a field that the API does not have is an error. What must be there, and which values there are, the npm
/// package kubernetes-models knows from the same description.
/// </summary>
public sealed class KubernetesTests
{
    private static string Folder => Path.Combine(TestData.RepositoryRoot, "deploy", "kubernetes");

    [Fact]
    public void The_files_are_of_the_API()
    {
        var objects = Directory.GetFiles(Folder, "*.yaml").Order(StringComparer.Ordinal).SelectMany(Read).ToArray();
        Assert.Equal(["Job", "ConfigMap", "Job"], objects.Select(each => each.Kind));
        var job = objects.OfType<V1Job>().Single(job => job.Metadata.Name == "songmood");
        var settings = objects.OfType<V1ConfigMap>().Single();
        Assert.Equal("Indexed", job.Spec.CompletionMode);
        Assert.Equal($"{job.Spec.Completions}", settings.Data["SHARDS"]);
        foreach (var pod in objects.OfType<V1Job>().Select(each => each.Spec.Template.Spec))
        {
            var container = Assert.Single(pod.Containers);
            Assert.Equal(settings.Metadata.Name, Assert.Single(container.EnvFrom).ConfigMapRef.Name);
            Assert.Equal(pod.Volumes.Select(volume => volume.Name), container.VolumeMounts.Select(mount => mount.Name));
            foreach (var variable in new[] { "OUT", "SHARDS" })
                Assert.Contains($"\"${variable}\"", Assert.Single(container.Args));
        }
    }

    [Fact]
    public void A_field_that_the_API_does_not_have_is_an_error()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "merge.yaml"));
        Assert.Contains("backoffLimit:", text);
        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(text.Replace("backoffLimit:", "backofLimit:"), strict: true));
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("completionMode: Indexed", "completionMode: indexed", "Job songmood: ")]
    [InlineData("            status: \"True\"\n", "", "onPodConditions/0 must have required property status")]
    [InlineData("completions: 16 ", "completions: sixteen ", "completions must be integer")]
    public async Task The_schema_has_no_objection_and_has_one_to_what_is_wrong(string right, string wrong, string? objection)
    {
        var modules = new[] { Environment.GetEnvironmentVariable("NODE_PATH"), "/usr/lib/node_modules", "/usr/local/lib/node_modules" }
            .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder ?? "none", "kubernetes-models")));
        Assert.SkipWhen(modules is null, "The API's schemas are missing: npm install -g kubernetes-models.");
        var text = string.Concat(Directory.GetFiles(Folder, "*.yaml").Select(file => File.ReadAllText(file) + "\n---\n"));
        Assert.Contains(right, text);
        var objects = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var start = new ProcessStartInfo("node", [Path.Combine(
            TestData.RepositoryRoot, "tests", "SongMood.Tests", "Catalogue", "Kubernetes", "validate.cjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["NODE_PATH"] = modules },
        };
        using var node = Process.Start(start)!;
        var documents = Documents(right.Length > 0 ? text.Replace(right, wrong) : text, objects);
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(documents));
        node.StandardInput.Close();
        var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        if (objection is null)
            Assert.Equal("", said);
        else
            Assert.Contains(objection, said);
    }

    private static List<object?> Documents(string text, IDeserializer objects)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        var documents = new List<object?>();
        while (parser.Accept<DocumentStart>(out _))
            if (objects.Deserialize<Dictionary<string, object?>?>(parser) is { } document)
                documents.Add(document);
        return documents;
    }

    private static IEnumerable<IKubernetesObject> Read(string file) =>
        KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true).Cast<IKubernetesObject>();
}
