using System.Text;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Matchers;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>Reads the roles of a manifest.</summary>
/// <param name="text">The manifest.</param>
/// <param name="values">Its values' reader.</param>
/// <param name="handler">The handler's name; null when it was bad.</param>
internal sealed class ManifestRolesReader(DocumentText text, DocumentValueReader values, string? handler)
{
    public static readonly IReadOnlyList<string> Members = ["methods", "decides", "effects"];

    /// <summary>Who may call a method: everyone, or the operator alone.</summary>
    public static readonly IReadOnlyList<string> Callers = ["ask", "operator"];

    public ManifestRoles Read(DocumentJson json)
    {
        if (!json.IsObject || json.Members.Count == 0)
        {
            text.Problem(json.Start, $"roles is an object with at least one of {string.Join(", ", Members)}: what the handler is for");
            return ManifestRoles.None;
        }

        values.CheckNames(json, "roles", Members);
        return new(
            json.Find("methods") is { } methods ? ReadMethods(methods.Value) : ManifestRoles.None.Methods,
            json.Find("decides") is { } decides ? ReadPatterns(decides.Value, "decides", mayBeAll: false) : [],
            json.Find("effects") is { } effects ? ReadPatterns(effects.Value, "effects", mayBeAll: true) : []);
    }

    private Dictionary<string, CallerRoles> ReadMethods(DocumentJson json)
    {
        var methods = new Dictionary<string, CallerRoles>(StringComparer.Ordinal);
        if (!json.IsObject || json.Members.Count is 0 or > ManifestLimits.Methods)
        {
            text.Problem(json.Start, $"methods is an object of 1 to {ManifestLimits.Methods} members: names of methods, each with \"ask\" or \"operator\", who may call it");
            return methods;
        }

        foreach (var (name, start, value) in json.Members)
        {
            var prefix = (handler ?? "NAME") + ".";
            if (!ActionName.IsValid(Encoding.UTF8.GetBytes(name)) || (handler is not null && !name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                text.Problem(start, $"the name of a method starts with the handler's, such as \"{prefix}run\": 2 to {ProtocolLimits.ActionSegments} parts of a-z 0-9 _ - between dots, {ProtocolLimits.ActionBytes} bytes at most");
            }

            var caller = values.Choice(value, "who may call a method", Callers);
            methods[name] = caller == 0 ? CallerRoles.Any : CallerRoles.Operator;
        }

        return methods;
    }

    private List<ActionPattern> ReadPatterns(DocumentJson json, string role, bool mayBeAll)
    {
        var patterns = new List<ActionPattern>();
        if (!json.IsArray || json.Items.Count is 0 or > ManifestLimits.Patterns)
        {
            text.Problem(json.Start, $"{role} is an array of 1 to {ManifestLimits.Patterns} patterns of actions");
            return patterns;
        }

        foreach (var item in json.Items)
        {
            if (!item.IsString || ActionPattern.Create(item.Text) is not { } pattern)
            {
                text.Problem(item.Start, $"each of {role} is a pattern such as \"net.connect\", \"deploy.*\" or \"fs.**\": at most {ProtocolLimits.ActionSegments} parts of a-z 0-9 _ - between dots; * is one whole part, ** at the end one or more");
            }
            else if (!mayBeAll && !item.Text.AsSpan().ContainsAnyExcept('*', '.'))
            {
                text.Problem(item.Start, $"{JsonQuote.Of(item.Text)} in {role} would have the handler decide actions it was never meant for; name at least one part of them, such as \"deploy.**\"");
            }
            else if (patterns.Exists(other => other.Text == item.Text))
            {
                text.Problem(item.Start, $"{JsonQuote.Of(item.Text)} is already in {role}; keep one");
            }
            else
            {
                patterns.Add(pattern);
            }
        }

        return patterns;
    }
}
