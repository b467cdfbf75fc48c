using k8s;
using k8s.Models;
using SongMood.TestSupport;

namespace SongMood.Tests.Catalogue;

/// <summary>
/// The files in deploy/kubernetes against the API's schema: its official client for .NET, generated from the API's OpenAPI description,
/// reads them strictly, so that a field that the API does not have is an error.
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

    private static IEnumerable<IKubernetesObject> Read(string file) =>
        KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true).Cast<IKubernetesObject>();
}
