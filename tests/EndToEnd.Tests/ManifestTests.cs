using System.Text.Json;
using Dunnhumby.EndToEnd.Tests.Stacks;
using Dunnhumby.TestSupport.Processes;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>The application's shape towards whoever deploys it: its resources, images, volumes, settings, endpoints and parameters.</summary>
public sealed class ManifestTests
{
    private const string Expected = "deployment/manifest.json";

    /// <summary>As far below the repository as the expectation, since the manifest names projects relative to itself. Ignored by git.</summary>
    private const string Published = "artifacts/manifest.json";

    /// <remarks>Made on this machine with its own data directory, of which nothing may be in the manifest.</remarks>
    [Fact]
    public async Task Manifest_OfTheModel_IsTheOneThatWasAgreedOn()
    {
        var published = Path.Combine(Repository.Root, Published);
        Directory.CreateDirectory(Path.GetDirectoryName(published)!);
        await using (var publish = ChildProcess.Start(StackProcess.AppHost(
            "--operation", "publish", "--step", "publish-manifest", "--output-path", published)))
        {
            (await publish.Exited).ShouldBe(0, publish.Output);
        }

        var changes = Changes(await ReadAsync(Path.Combine(Repository.Root, Expected)), await ReadAsync(published));
        changes.ShouldBeEmpty(
            $"""
            What the AppHost publishes is not what {Expected} says:

            {string.Join(Environment.NewLine, changes)}

            If the change is meant, accept it with

                cp {Published} {Expected}

            and say in docs/deployment.md what those who deploy have to do.
            """);
    }

    private static List<string> Changes(SortedDictionary<string, string> expected, SortedDictionary<string, string> published) =>
    [
        .. expected.Where(value => !published.ContainsKey(value.Key)).Select(value => $"  gone     {value.Key} = {value.Value}"),
        .. published.Where(value => !expected.ContainsKey(value.Key)).Select(value => $"  new      {value.Key} = {value.Value}"),
        .. from value in expected
           where published.TryGetValue(value.Key, out var now) && !string.Equals(now, value.Value, StringComparison.Ordinal)
           select $"  changed  {value.Key} = {value.Value} → {published[value.Key]}",
    ];

    /// <summary>Every value by its path, such as <c>resources.postgres.image</c>.</summary>
    private static async Task<SortedDictionary<string, string>> ReadAsync(string file)
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add("", json.RootElement);
        return values;

        void Add(string path, JsonElement element)
        {
            if (element.ValueKind is JsonValueKind.Object)
            {
                foreach (var property in element.EnumerateObject())
                {
                    Add(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                }
            }
            else if (element.ValueKind is JsonValueKind.Array)
            {
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    Add($"{path}[{index}]", item);
                }
            }
            else
            {
                values[path] = element.ToString();
            }
        }
    }
}
