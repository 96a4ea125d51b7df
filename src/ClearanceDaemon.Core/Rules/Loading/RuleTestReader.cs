using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>Reads one of a file's tests.</summary>
internal sealed class RuleTestReader(DocumentText text)
{
    public static readonly IReadOnlyList<string> Members = ["ask", "observed", "expect", "rule"];
    public static readonly IReadOnlyList<string> AskNames = ["action", "resource", "details", "argv", "title", "reason", "project", "as", "via"];
    public static readonly IReadOnlyList<string> ObservedNames = ["exe", "unit"];
    public static readonly IReadOnlyList<string> Expectations = ["ask", "allowed", "denied"];

    private static readonly (string Name, AskMember Member, int MaxBytes)[] Texts =
    [
        ("action", AskMember.Action, ProtocolLimits.ActionBytes), ("resource", AskMember.Resource, ProtocolLimits.ResourceBytes),
        ("title", AskMember.Title, ProtocolLimits.TitleBytes), ("reason", AskMember.Reason, ProtocolLimits.ReasonBytes),
        ("project", AskMember.Project, ProtocolLimits.ProjectBytes), ("as", AskMember.As, RuleLimits.IdBytes), ("via", AskMember.Via, RuleLimits.IdBytes),
    ];

    private readonly DocumentValueReader _values = new(text);

    /// <summary>Null when any problem was found in it.</summary>
    public RuleTest? Read(DocumentJson json)
    {
        var before = text.ProblemCount;
        if (!_values.IsObject(json, "a test"))
        {
            return null;
        }

        _values.CheckNames(json, "a test", Members);
        if (json.Find("ask") is null || json.Find("expect") is null)
        {
            text.Problem(json.Start, "a test needs \"ask\" and \"expect\"");
            return null;
        }

        var ask = ReadAsk(json.Find("ask")!.Value);
        var expect = _values.Choice(json.Find("expect")!.Value, "expect", Expectations);
        var rule = json.Find("rule") is { } named ? _values.Id(named.Value, "rule", RuleLimits.IdBytes) : null;
        var (exe, unit) = json.Find("observed") is { } observed ? ReadObserved(observed.Value) : default;
        if (text.ProblemCount != before)
        {
            return null;
        }

        var (line, column) = text.Position(json.Start);
        return new(text.File, line, column, ask, exe, unit, (Decision)expect!.Value, rule);
    }

    private AskMembers ReadAsk(DocumentJson json)
    {
        var ask = new AskMembers();
        if (!_values.IsObject(json, "ask"))
        {
            return ask;
        }

        _values.CheckNames(json, "ask", AskNames);
        foreach (var (name, member, maxBytes) in Texts)
        {
            if (json.Find(name) is { } given && _values.String(given.Value, name, maxBytes) is { } value)
            {
                ask.Set(member, Encoding.UTF8.GetBytes(value));
            }
        }

        if (!ActionName.IsValid(ask.Action))
        {
            text.Problem(json.Start, "an ask needs an \"action\" such as \"net.connect\", without stars");
        }

        if (!ResourcePath.IsNormalOrNotPath(ask.Resource))
        {
            text.Problem(json.Find("resource")!.Value.Start, "an absolute path with //, /./, /../ or a slash at its end is refused before any rule sees it; write the normal path");
        }

        ReadArgv(json, ask);
        ReadDetails(json, ask);
        return ask;
    }

    private void ReadArgv(DocumentJson json, AskMembers ask)
    {
        if (json.Find("argv") is not { Value: var argv })
        {
            return;
        }

        ask.HasArgv = true;
        if (!argv.IsArray || argv.Items.Count > ProtocolLimits.ArgvElements || argv.Items.Any(static i => !i.IsString))
        {
            text.Problem(argv.Start, $"argv is an array of at most {ProtocolLimits.ArgvElements} strings");
            return;
        }

        foreach (var item in argv.Items)
        {
            ask.AddArgv(Encoding.UTF8.GetBytes(item.Text));
        }
    }

    private void ReadDetails(DocumentJson json, AskMembers ask)
    {
        if (json.Find("details") is not { Value: var details } || !_values.IsObject(details, "details"))
        {
            return;
        }

        ask.HasDetails = true;
        foreach (var (name, _, value) in details.Members)
        {
            var key = Encoding.UTF8.GetBytes(name);
            if (value.IsString)
            {
                ask.AddDetail(key, Encoding.UTF8.GetBytes(value.Text));
            }
            else if (value.Kind is JsonTokenType.True or JsonTokenType.False)
            {
                ask.AddDetail(key, DetailKind.Bool, value.Kind == JsonTokenType.True ? 1 : 0);
            }
            else if (_values.Integer(value, "a detail that is neither a string nor a bool", -ProtocolLimits.DetailInteger, ProtocolLimits.DetailInteger) is { } number)
            {
                ask.AddDetail(key, DetailKind.Integer, number);
            }
        }
    }

    private (string? Exe, string? Unit) ReadObserved(DocumentJson json)
    {
        if (!_values.IsObject(json, "observed"))
        {
            return default;
        }

        _values.CheckNames(json, "observed", ObservedNames);
        return (
            json.Find("exe") is { } exe ? _values.String(exe.Value, "exe", ProtocolLimits.ResourceBytes) : null,
            json.Find("unit") is { } unit ? _values.String(unit.Value, "unit", ProtocolLimits.ResourceBytes) : null);
    }
}
