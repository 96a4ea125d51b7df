using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Matchers;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>Reads the members of a rule that say which asks it is about.</summary>
internal sealed class ConditionsReader(DocumentText text, DocumentValueReader values)
{
    private readonly ValueMatcherReader _matchers = new(text, values);

    public RuleConditions Read(DocumentJson rule) => new()
    {
        Actions = rule.Find("action") is { } action ? ReadActions(action.Value) : [],
        Resource = ReadValue(rule, "resource", ValuePlace.Resource),
        Argv = rule.Find("argv") is { } argv ? ReadArgv(argv.Value) : null,
        Details = rule.Find("details") is { } details ? ReadDetails(details.Value) : [],
        Via = ReadValue(rule, "via", ValuePlace.Via),
        Exe = rule.Find("exe") is { } exe ? ReadExe(exe.Value) : null,
        Unit = ReadValue(rule, "unit", ValuePlace.Unit),
    };

    private ValueMatcher? ReadValue(DocumentJson rule, string name, ValuePlace place) =>
        rule.Find(name) is { } member ? _matchers.Read(member.Value, place) : null;

    private List<ActionPattern> ReadActions(DocumentJson json)
    {
        var actions = new List<ActionPattern>();
        foreach (var item in json.IsArray ? values.Items(json, "action") : [json])
        {
            if (item.IsString && ActionPattern.Create(item.Text) is { } pattern)
            {
                actions.Add(pattern);
            }
            else
            {
                text.Problem(item.Start, $"action is a pattern, or an array of patterns, such as \"net.connect\", \"deploy.*\" or \"fs.**\": at most {ProtocolLimits.ActionSegments} parts of a-z 0-9 _ - between dots; * is one whole part, ** at the end one or more");
            }
        }

        return actions;
    }

    private ArgvMatcher? ReadArgv(DocumentJson json)
    {
        if (json.Find("any") is { } any)
        {
            values.CheckNames(json, "argv", ["any"]);
            return _matchers.Read(any.Value, ValuePlace.Argument) is { } element ? new AnyArgv(element) : null;
        }

        if (!json.IsArray)
        {
            text.Problem(json.Start, "argv is an array with one matcher for each element, {\"rest\":true} last for any more, or {\"any\": matcher} for some element");
            return null;
        }

        var elements = new List<ValueMatcher>();
        var rest = json.Items.Count > 0 && IsRest(json.Items[^1]);
        foreach (var item in rest ? json.Items.SkipLast(1) : json.Items)
        {
            if (item.Find("rest") is { } early)
            {
                text.Problem(early.Start, "{\"rest\":true} stands last in argv, alone in its object");
            }
            else if (_matchers.Read(item, ValuePlace.Argument) is { } element)
            {
                elements.Add(element);
            }
        }

        return new PositionalArgv(elements, rest);
    }

    private static bool IsRest(DocumentJson item) =>
        item.Members.Count == 1 && item.Members[0] is { Name: "rest", Value.Kind: JsonTokenType.True };

    private List<DetailMatcher> ReadDetails(DocumentJson json)
    {
        var details = new List<DetailMatcher>();
        if (!json.IsObject || json.Members.Count is 0 or > ProtocolLimits.DetailMembers)
        {
            text.Problem(json.Start, $"details is an object of 1 to {ProtocolLimits.DetailMembers} members: names of an ask's details, each with a matcher, a whole number, true or false");
            return details;
        }

        foreach (var member in json.Members)
        {
            if (Encoding.UTF8.GetByteCount(member.Name) is 0 or > ProtocolLimits.DetailNameBytes)
            {
                text.Problem(member.Start, $"the name of a detail has 1 to {ProtocolLimits.DetailNameBytes} bytes");
            }
            else if (ReadDetail(Encoding.UTF8.GetBytes(member.Name), member.Value) is { } detail)
            {
                details.Add(detail);
            }
        }

        return details;
    }

    private DetailMatcher? ReadDetail(byte[] name, DocumentJson json)
    {
        switch (json.Kind)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return new(name, DetailKind.Bool, json.Kind == JsonTokenType.True ? 1 : 0);
            case JsonTokenType.Number:
                var number = values.Integer(json, "a detail", -ProtocolLimits.DetailInteger, ProtocolLimits.DetailInteger);
                return number is { } integer ? new(name, DetailKind.Integer, integer) : null;
            default:
                return _matchers.Read(json, ValuePlace.Detail) is { } matcher ? new(name, matcher) : null;
        }
    }

    private ExeMatcher? ReadExe(DocumentJson json)
    {
        if (json.IsString && ResourcePath.IsNormalPath(Encoding.UTF8.GetBytes(json.Text)) && json.Text.Length > 1)
        {
            return new(json.Text);
        }

        text.Problem(json.Start, "exe is the absolute path of a program, such as \"/usr/bin/git\", without //, /./ and /../");
        return null;
    }
}
