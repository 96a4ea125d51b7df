using System.Text.Json;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>The shipped schema against what the loader really takes.</summary>
public sealed class ManifestSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Packaging.File("schema", "handler-1.json"))).RootElement;
    private static readonly JsonElement Properties = Schema.GetProperty("properties");
    private static readonly JsonElement Roles = Schema.GetProperty("$defs").GetProperty("roles").GetProperty("properties");

    [Fact]
    public void The_schema_and_the_loader_take_the_same() => Assert.All(ManifestTable.Good, static json =>
    {
        Assert.Empty(ManifestText.Problems(json));
        Assert.True(IsTaken(json), json);
    });

    [Fact]
    public void The_schema_and_the_loader_refuse_the_same() => Assert.All(ManifestTable.Bad, static json =>
    {
        Assert.NotEmpty(ManifestText.Problems(json));
        Assert.False(IsTaken(json), json);
    });

    [Fact]
    public void The_loader_refuses_what_a_schema_cannot_see() =>
        Assert.All(ManifestTable.BadToTheLoaderAlone, static json => Assert.NotEmpty(ManifestText.Problems(json)));

    [Fact]
    public void The_schema_has_the_members_and_words_the_loader_knows()
    {
        Assert.Equal(ManifestReader.Members, Properties.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(ManifestReader.Required, Words(Schema.GetProperty("required")));
        Assert.Equal(ManifestReader.Modes, Words(Properties.GetProperty("mode").GetProperty("enum")));
        Assert.Equal(ManifestRolesReader.Members, Roles.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(ManifestRolesReader.Callers, Words(Roles.GetProperty("methods").GetProperty("additionalProperties").GetProperty("enum")));
        Assert.Equal(HandlerName.Reserved, Words(Properties.GetProperty("name").GetProperty("not").GetProperty("enum")));
    }

    [Fact]
    public void The_words_are_in_the_order_of_their_enum() =>
        Assert.Equal(Enum.GetNames<ManifestMode>().Select(static name => name.ToLowerInvariant()), ManifestReader.Modes);

    [Fact]
    public void The_defaults_that_the_schema_tells_are_ours()
    {
        Assert.Contains(Protocol.Duration.Format(ManifestLimits.DefaultDeadline) + " unless given", Description("deadline"), StringComparison.Ordinal);
        Assert.Contains(ManifestLimits.DefaultMaxOutput + " unless given", Description("maxOutput"), StringComparison.Ordinal);
        Assert.Contains(ManifestLimits.DefaultConcurrency + " unless given", Description("concurrency"), StringComparison.Ordinal);
        Assert.Contains("from 1ms to " + Protocol.Duration.Format(ManifestLimits.MostDeadline), Description("deadline"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_member_of_the_schema_is_described()
    {
        Assert.All(Properties.EnumerateObject(), static p => Assert.True(p.Value.TryGetProperty("description", out _), p.Name));
        Assert.All(Roles.EnumerateObject(), static p => Assert.True(p.Value.TryGetProperty("description", out _), p.Name));
    }

    [Fact]
    public void The_manifests_of_the_samples_are_good()
    {
        var files = Directory.GetFiles(Packaging.File("handlers"), "*.json");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = File.ReadAllText(file).Replace("@DIR@", "/home/ada", StringComparison.Ordinal);
            var problems = new List<DocumentProblem>();
            new ManifestReader(new DocumentText(file, System.Text.Encoding.UTF8.GetBytes(text), problems)).Read();
            Assert.Empty(problems);
            Assert.True(IsTaken(text), file);
        }
    }

    private static bool IsTaken(string json)
    {
        using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip });
        return new SchemaCheck(Schema).Accepts(document.RootElement);
    }

    private static string Description(string member) => Properties.GetProperty(member).GetProperty("description").GetString()!;

    private static IEnumerable<string?> Words(JsonElement words) => words.EnumerateArray().Select(static word => word.GetString());
}
