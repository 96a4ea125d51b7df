using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>As much of JSON Schema 2020-12 as the shipped schema uses; a keyword it does not know fails the test.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    public bool Accepts(JsonElement value) => Accepts(root, value);

    private bool Accepts(JsonElement schema, JsonElement value)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Accepts(schema, keyword, value))
            {
                return false;
            }
        }

        return true;
    }

    private bool Accepts(JsonElement schema, JsonProperty keyword, JsonElement value) => keyword.Name switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" => true,
        "$ref" => Accepts(root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), value),
        "not" => !Accepts(keyword.Value, value),
        "anyOf" => keyword.Value.EnumerateArray().Any(option => Accepts(option, value)),
        "const" => JsonElement.DeepEquals(keyword.Value, value),
        "enum" => keyword.Value.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value)),
        "type" => IsType(keyword.Value.GetString()!, value),
        _ => value.ValueKind switch
        {
            JsonValueKind.Object => AcceptsObject(schema, keyword, value),
            JsonValueKind.Array => AcceptsArray(schema, keyword, value),
            _ => AcceptsScalar(keyword, value),
        },
    };

    private bool AcceptsObject(JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        var members = value.EnumerateObject().ToList();
        return keyword.Name switch
        {
            "required" => keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "minProperties" => members.Count >= keyword.Value.GetInt32(),
            "maxProperties" => members.Count <= keyword.Value.GetInt32(),
            "properties" => members.All(member => !keyword.Value.TryGetProperty(member.Name, out var known) || Accepts(known, member.Value)),
            "propertyNames" => members.All(member => Accepts(keyword.Value, JsonSerializer.SerializeToElement(member.Name))),
            "additionalProperties" => members.Where(member => !IsKnown(schema, member.Name))
                .All(member => keyword.Value.ValueKind == JsonValueKind.Object && Accepts(keyword.Value, member.Value)),
            _ => IsForOthers(keyword.Name),
        };
    }

    private bool AcceptsArray(JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        var items = value.EnumerateArray().ToList();
        var before = schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0;
        return keyword.Name switch
        {
            "minItems" => items.Count >= keyword.Value.GetInt32(),
            "maxItems" => items.Count <= keyword.Value.GetInt32(),
            "uniqueItems" => items.Select(static item => item.GetRawText()).Distinct().Count() == items.Count,
            "prefixItems" => items.Zip(keyword.Value.EnumerateArray()).All(pair => Accepts(pair.Second, pair.First)),
            "items" => items.Skip(before).All(item => Accepts(keyword.Value, item)),
            _ => IsForOthers(keyword.Name),
        };
    }

    private static bool AcceptsScalar(JsonProperty keyword, JsonElement value) => (keyword.Name, value.ValueKind) switch
    {
        // Where .NET's $ also stands before a last line feed, the schema's does not.
        ("pattern", JsonValueKind.String) => Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!.Replace("$", "\\z", StringComparison.Ordinal), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)),
        ("minLength", JsonValueKind.String) => value.GetString()!.EnumerateRunes().Count() >= keyword.Value.GetInt32(),
        ("maxLength", JsonValueKind.String) => value.GetString()!.EnumerateRunes().Count() <= keyword.Value.GetInt32(),
        ("minimum", JsonValueKind.Number) => value.GetDecimal() >= keyword.Value.GetDecimal(),
        ("maximum", JsonValueKind.Number) => value.GetDecimal() <= keyword.Value.GetDecimal(),
        _ => IsForOthers(keyword.Name),
    };

    private static bool IsKnown(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    /// <summary>A keyword about another type says nothing of this value.</summary>
    private static bool IsForOthers(string keyword)
    {
        Assert.Contains(
            keyword,
            (string[])["required", "minProperties", "maxProperties", "properties", "propertyNames", "additionalProperties", "minItems", "maxItems", "uniqueItems", "prefixItems", "items", "pattern", "minLength", "maxLength", "minimum", "maximum"]);
        return true;
    }

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() == decimal.Truncate(value.GetDecimal()),
        _ => throw new ArgumentException($"the type {type} is not known here", nameof(type)),
    };
}
