using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Grants;

/// <summary>For how long a verdict stands.</summary>
/// <param name="Kind">Exactly one of the flags.</param>
/// <param name="Duration">With <see cref="GrantScopes.For"/> only.</param>
/// <param name="Uses">With <see cref="GrantScopes.Uses"/> only.</param>
internal readonly record struct GrantScope(GrantScopes Kind, TimeSpan? Duration, int? Uses)
{
    private static readonly (GrantScopes Kind, string Name)[] Names =
    [
        (GrantScopes.Once, ScopeKind.Once),
        (GrantScopes.For, ScopeKind.For),
        (GrantScopes.UntilExit, ScopeKind.UntilExit),
        (GrantScopes.Uses, ScopeKind.Uses),
        (GrantScopes.Always, ScopeKind.Always),
    ];

    /// <summary>As the protocol has it.</summary>
    public string Name => NameOf(Kind);

    /// <summary>The flag of a name; none for any other word.</summary>
    public static GrantScopes KindOf(string? name) => Array.Find(Names, entry => entry.Name == name).Kind;

    /// <summary>The names of several flags, as the protocol has them.</summary>
    public static string[] NamesOf(GrantScopes kinds) =>
        Array.ConvertAll(Array.FindAll(Names, entry => (kinds & entry.Kind) != 0), static entry => entry.Name);

    /// <summary>What is wrong with the scope by itself or under the rule that asks; null when nothing is.</summary>
    public string? Fault(Rule? rule) => ShapeFault() ?? (rule is null ? null : RuleFault(rule));

    private string? ShapeFault() => Kind switch
    {
        GrantScopes.For when Duration is not { Ticks: > 0 } || Duration > Protocol.Duration.Max =>
            $"scope for has a duration such as 2h, more than 0 and at most {ProtocolLimits.DurationDays}d",
        GrantScopes.Uses when Uses is not (>= 1 and <= ProtocolLimits.GrantUses) => $"scope uses has uses, 1 to {ProtocolLimits.GrantUses}",
        not GrantScopes.For when Duration is not null => "only scope for has a duration",
        not GrantScopes.Uses when Uses is not null => "only scope uses has uses",
        _ when Array.Exists(Names, Is(Kind)) => null,
        _ => "scope is once, for, until-exit, uses or always",
    };

    private string? RuleFault(Rule rule)
    {
        if ((rule.Scopes & Kind) == 0)
        {
            return $"rule {rule.Id} offers {string.Join(", ", NamesOf(rule.Scopes))} and not {Name}";
        }

        return rule.Ceiling switch
        {
            { } ceiling when Duration > ceiling => $"rule {rule.Id} lets a verdict stand for {Protocol.Duration.Format(ceiling)} at most",
            { } ceiling when Kind == GrantScopes.Always => $"rule {rule.Id} lets a verdict stand for {Protocol.Duration.Format(ceiling)} at most; choose for",
            _ => null,
        };
    }

    private static string NameOf(GrantScopes kind) => Array.Find(Names, Is(kind)).Name ?? kind.ToString();

    private static Predicate<(GrantScopes Kind, string Name)> Is(GrantScopes kind) => entry => entry.Kind == kind;
}
