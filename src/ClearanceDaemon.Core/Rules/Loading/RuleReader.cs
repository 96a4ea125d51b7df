using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>Reads one rule.</summary>
internal sealed class RuleReader(DocumentText text)
{
    /// <summary>All that a rule may hold, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<string> Members =
    [
        "id", "action", "resource", "argv", "details", "via", "exe", "unit",
        "decision", "reason", "deadline", "whenNobody", "scopes", "ceiling", "selfApproval", "handler",
    ];

    public static readonly IReadOnlyList<string> Decisions = ["ask", "allow", "deny"];
    public static readonly IReadOnlyList<string> WhenNobodys = ["no_operator", "deny", "wait", "abstain"];
    public static readonly IReadOnlyList<string> Scopes = ["once", "for", "until-exit", "uses", "always"];

    // Each tells a waiting ask what to do; an allow and a deny are answered at once.
    private static readonly string[] AskOnly = ["deadline", "whenNobody", "scopes", "ceiling", "selfApproval", "handler"];
    private readonly DocumentValueReader _values = new(text);

    /// <summary>Null when any problem was found in it.</summary>
    public Rule? Read(DocumentJson json)
    {
        var before = text.ProblemCount;
        if (!_values.IsObject(json, "a rule"))
        {
            return null;
        }

        _values.CheckNames(json, "a rule", Members);
        CheckRequired(json, "id");
        CheckRequired(json, "action");
        CheckRequired(json, "decision");
        var decision = json.Find("decision") is { } member ? (Decision?)_values.Choice(member.Value, "decision", Decisions) : null;
        if (decision is { } known)
        {
            CheckCombination(json, known);
        }

        var rule = ReadRule(json, decision ?? Decision.Deny);
        return text.ProblemCount == before ? rule : null;
    }

    private Rule ReadRule(DocumentJson json, Decision decision)
    {
        var id = Member(json, "id", static (values, value, what) => values.Id(value, what, RuleLimits.IdBytes)) ?? "";
        var reason = Member(json, "reason", static (values, value, what) => values.String(value, what, ProtocolLimits.ReasonBytes));
        var (line, column) = text.Position(json.Start);
        return new Rule
        {
            Id = id,
            By = Encoding.UTF8.GetBytes("rule:" + id),
            Decision = decision,
            Conditions = new ConditionsReader(text, _values).Read(json),
            Reason = reason,
            ReasonUtf8 = reason is null ? null : Encoding.UTF8.GetBytes(reason),
            WhenNobody = json.Find("whenNobody") is { } nobody ? (WhenNobody)(_values.Choice(nobody.Value, "whenNobody", WhenNobodys) ?? 0) : default,
            Deadline = json.Find("deadline") is { } deadline ? _values.Duration(deadline.Value, "deadline") : null,
            Scopes = json.Find("scopes") is { } scopes ? ReadScopes(scopes.Value) : GrantScopes.All,
            Ceiling = json.Find("ceiling") is { } ceiling ? _values.Duration(ceiling.Value, "ceiling") : null,
            SelfApproval = json.Find("selfApproval") is { } self && _values.Bool(self.Value, "selfApproval") == true,
            Handler = Member(json, "handler", static (values, value, what) => values.Id(value, what, RuleLimits.IdBytes)),
            Origin = new(text.File, line, column, json.Start, text.Bytes.AsMemory(json.Start, json.End - json.Start)),
        };
    }

    private string? Member(DocumentJson json, string name, Func<DocumentValueReader, DocumentJson, string, string?> read) =>
        json.Find(name) is { } member ? read(_values, member.Value, name) : null;

    private GrantScopes ReadScopes(DocumentJson json)
    {
        var scopes = GrantScopes.None;
        foreach (var item in _values.Items(json, "scopes"))
        {
            if (_values.Choice(item, "each of scopes", Scopes) is not { } place)
            {
                continue;
            }

            var scope = (GrantScopes)(1 << place);
            if (scopes.HasFlag(scope))
            {
                text.Problem(item.Start, $"\"{item.Text}\" is already in scopes; keep one");
            }

            scopes |= scope;
        }

        return scopes;
    }

    private void CheckRequired(DocumentJson json, string name)
    {
        if (json.Find(name) is null)
        {
            text.Problem(json.Start, $"a rule needs \"{name}\"");
        }
    }

    private void CheckCombination(DocumentJson json, Decision decision)
    {
        foreach (var name in AskOnly)
        {
            if (decision != Decision.Ask && json.Find(name) is { } member)
            {
                text.Problem(member.Start, $"\"{name}\" means nothing with \"decision\": \"{Decisions[(int)decision]}\", which is answered at once; remove it, or decide \"ask\"");
            }
        }

        if (decision == Decision.Allow && json.Find("reason") is { } reason)
        {
            text.Problem(reason.Start, "\"reason\" means nothing with \"decision\": \"allow\": nobody is shown it; make it a // comment");
        }

        if (json.Find("ceiling") is { } ceiling && json.Find("scopes") is { Value: { Items: [{ Text: "once" }] } })
        {
            text.Problem(ceiling.Start, "\"ceiling\" means nothing when \"scopes\" is only \"once\": nothing outlives the answer; remove one of them");
        }
    }
}
