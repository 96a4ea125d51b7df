using System.Text.Json;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>One value of a rule file with its place in the file's bytes.</summary>
internal sealed class RuleJson
{
    public required JsonTokenType Kind { get; init; }

    public required int Start { get; init; }

    public int End { get; set; }

    /// <summary>A string decoded, a number as written.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<RuleJsonMember> Members { get; init; } = [];

    public IReadOnlyList<RuleJson> Items { get; init; } = [];

    public bool IsObject => Kind == JsonTokenType.StartObject;

    public bool IsArray => Kind == JsonTokenType.StartArray;

    public bool IsString => Kind == JsonTokenType.String;

    public RuleJsonMember? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        return null;
    }
}
