using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>An ask, and a scope, in a few words.</summary>
internal static class AskWords
{
    /// <summary>Whole and not cut: whoever shows it cuts it to fit.</summary>
    public static SafeText Of(PendingItem item) =>
        item.Ask.Resource is { } resource ? SafeText.Of($"{item.Ask.Action} {resource}") : SafeText.Of($"{item.Ask.Action}");

    public static SafeText Scope(GrantScope scope) => Scope(scope.Kind, scope.Duration, scope.Uses ?? 0);

    public static SafeText Scope(string kind, string? duration, int uses) => kind switch
    {
        ScopeKind.For => SafeText.Of($"for {duration}"),
        ScopeKind.UntilExit => SafeText.Of($"until exit"),
        ScopeKind.Uses => SafeText.Of($"for {uses} further asks"),
        _ => SafeText.Of($"{kind}"),
    };
}
