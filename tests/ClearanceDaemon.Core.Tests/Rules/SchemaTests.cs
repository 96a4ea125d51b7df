using System.Text.Json;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Rules.Loading;

namespace ClearanceDaemon.Core.Tests.Rules;

/// <summary>The shipped schema and example against what the loader really takes.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Packaging.File("schema", "rules-1.json"))).RootElement;

    public static TheoryData<string, string[]> Objects => new()
    {
        { "", [.. RuleFileReader.Members] },
        { "rule", [.. RuleReader.Members] },
        { "test", [.. RuleTestReader.Members] },
        { "testAsk", [.. RuleTestReader.AskNames] },
        { "testObserved", [.. RuleTestReader.ObservedNames] },
        { "host", ["host", "port"] },
        { "cidr", ["cidr", "port"] },
        { "argvAny", ["any"] },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void The_schema_has_the_members_the_loader_knows(string definition, string[] members) =>
        Assert.Equal(members.Order(StringComparer.Ordinal), Names(Definition(definition).GetProperty("properties")).Order(StringComparer.Ordinal));

    [Fact]
    public void The_schema_has_the_words_the_loader_knows()
    {
        Assert.Equal(RuleReader.Decisions, Words(Definition("rule"), "decision"));
        Assert.Equal(RuleReader.WhenNobodys, Words(Definition("rule"), "whenNobody"));
        Assert.Equal(RuleReader.Scopes, Words(Definition("rule").GetProperty("properties").GetProperty("scopes"), "items"));
        Assert.Equal(RuleTestReader.Expectations, Words(Definition("test"), "expect"));
    }

    [Fact]
    public void The_schema_has_the_matchers_the_loader_knows()
    {
        Assert.Equal(ValuePlace.Resource.Kinds.Order(StringComparer.Ordinal), Kinds("resourceMatcher").Order(StringComparer.Ordinal));
        Assert.Equal(ValuePlace.Argument.Kinds.Order(StringComparer.Ordinal), Kinds("textMatcher").Order(StringComparer.Ordinal));
        Assert.Equal(ValuePlace.Detail.Kinds, ValuePlace.Argument.Kinds);
        Assert.Equal(ValuePlace.Via.Kinds, Kinds(Definition("rule").GetProperty("properties").GetProperty("via")));
        Assert.Equal(ValuePlace.Unit.Kinds, Kinds(Definition("rule").GetProperty("properties").GetProperty("unit")));
    }

    [Fact]
    public void The_words_are_in_the_order_of_their_enums()
    {
        Assert.Equal(Enum.GetNames<Decision>().Select(static n => n.ToLowerInvariant()), RuleReader.Decisions);
        Assert.Equal(Enum.GetNames<WhenNobody>().Select(static n => n.ToLowerInvariant()), RuleReader.WhenNobodys.Select(static n => n.Replace("_", "", StringComparison.Ordinal)));
        Assert.Equal(Enum.GetValues<Decision>().Length, RuleTestReader.Expectations.Count);
        for (var i = 0; i < RuleReader.Scopes.Count; i++)
        {
            Assert.Equal(((GrantScopes)(1 << i)).ToString().ToLowerInvariant(), RuleReader.Scopes[i].Replace("-", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_object_of_the_schema_refuses_what_it_does_not_know_and_describes_what_it_does()
    {
        CheckObjects(Schema);
        foreach (var definition in Schema.GetProperty("$defs").EnumerateObject())
        {
            CheckObjects(definition.Value);
        }
    }

    [Fact]
    public void Every_reference_of_the_schema_leads_somewhere()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        CollectReferences(Schema, used);
        Assert.Equal(Names(Schema.GetProperty("$defs")).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_limits_of_the_schema_are_ours()
    {
        Assert.Equal(RuleLimits.GlobBytes, Definition("glob").GetProperty("properties").GetProperty("glob").GetProperty("maxLength").GetInt32());
        var rule = Definition("rule").GetProperty("properties");
        Assert.Equal(Protocol.ProtocolLimits.ReasonBytes, rule.GetProperty("reason").GetProperty("maxLength").GetInt32());
        Assert.Equal(Protocol.ProtocolLimits.DetailMembers, rule.GetProperty("details").GetProperty("maxProperties").GetInt32());
        Assert.Contains($"at most {RuleLimits.Rules} in all", Schema.GetProperty("properties").GetProperty("rules").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_is_good_and_uses_no_member_unknown_to_the_schema()
    {
        var path = Packaging.File("rules", "10-example.json");
        var report = RuleCheck.Run([path]);
        Assert.Empty(report.Problems);
        Assert.Empty(report.TestsFailed);
        Assert.True(report.TestsPassed >= 10);
        using var example = JsonDocument.Parse(File.ReadAllBytes(path), new() { CommentHandling = JsonCommentHandling.Skip });
        var known = Names(Definition("rule").GetProperty("properties"));
        Assert.All(example.RootElement.GetProperty("rules").EnumerateArray().SelectMany(Names), name => Assert.Contains(name, known));
    }

    [Fact]
    public void The_example_of_the_design_loads()
    {
        const string Design = """
            { "version": 1,
              "rules": [
                { "id": "github", "action": "net.connect", "resource": {"host": "*.github.com", "port": 443}, "decision": "allow" },
                { "id": "no-rm",  "action": "shell.exec", "argv": [{"equals": "rm"}, {"glob": "-*r*"}, {"rest": true}], "decision": "deny", "reason": "use trash-put" },
                { "id": "prod",   "action": "deploy.*", "decision": "ask", "deadline": "5m", "whenNobody": "no_operator", "scopes": ["once", "for"], "ceiling": "2h" } ],
              "tests": [ { "ask": {"action": "net.connect", "resource": "api.github.com:443"}, "expect": "allowed" } ] }
            """;
        Assert.Empty(Some.Problems(Design));
    }

    private static JsonElement Definition(string name) => name.Length == 0 ? Schema : Schema.GetProperty("$defs").GetProperty(name);

    private static List<string> Names(JsonElement json) => [.. json.EnumerateObject().Select(static p => p.Name)];

    private static IEnumerable<string?> Words(JsonElement json, string name)
    {
        var holder = json.TryGetProperty("properties", out var properties) ? properties : json;
        return holder.GetProperty(name).GetProperty("enum").EnumerateArray().Select(static v => v.GetString());
    }

    private static List<string> Kinds(string definition) => Kinds(Definition(definition));

    private static List<string> Kinds(JsonElement matcher)
    {
        var kinds = new List<string>();
        foreach (var option in matcher.GetProperty("anyOf").EnumerateArray())
        {
            if (option.TryGetProperty("$ref", out var reference))
            {
                var name = reference.GetString()!["#/$defs/".Length..];
                kinds.AddRange(Definition(name).TryGetProperty("anyOf", out _) ? Kinds(name) : [name]);
            }
        }

        return kinds;
    }

    private static void CheckObjects(JsonElement json)
    {
        if (json.TryGetProperty("properties", out var properties))
        {
            Assert.False(json.GetProperty("additionalProperties").GetBoolean());
            Assert.All(properties.EnumerateObject(), static p => Assert.True(p.Value.TryGetProperty("description", out _), p.Name));
        }
    }

    private static void CollectReferences(JsonElement json, HashSet<string> used)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                CollectReferences(item, used);
            }
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                if (property.Name == "$ref")
                {
                    used.Add(property.Value.GetString()!["#/$defs/".Length..]);
                }

                CollectReferences(property.Value, used);
            }
        }
    }
}
