using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>One way to allow for longer, or once.</summary>
/// <param name="Kind">A <see cref="ScopeKind"/>.</param>
/// <param name="For">With <see cref="ScopeKind.For"/>, how long.</param>
internal sealed record AllowChoice(string Kind, TimeSpan For = default)
{
    private static readonly TimeSpan[] Durations = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    /// <summary>What the ask's rule leaves to choose from, the shortest first.</summary>
    public static AllowChoice[] Of(PendingItem item)
    {
        var choices = new List<AllowChoice>();
        Offer(choices, item, ScopeKind.Once);
        if (Offers(item, ScopeKind.For))
        {
            choices.AddRange(Within(item.Ceiling));
        }

        Offer(choices, item, ScopeKind.UntilExit);
        Offer(choices, item, ScopeKind.Uses);
        Offer(choices, item, ScopeKind.Always);
        return [.. choices];
    }

    public static bool Offers(PendingItem item, string kind) => Array.IndexOf(item.Scopes, kind) >= 0;

    /// <param name="uses">How many, where the kind is uses.</param>
    public GrantScope Scope(int uses) => new()
    {
        Kind = Kind,
        Duration = Kind == ScopeKind.For ? Duration.Format(For) : null,
        Uses = Kind == ScopeKind.Uses ? uses : null,
    };

    private static void Offer(List<AllowChoice> choices, PendingItem item, string kind)
    {
        if (Offers(item, kind))
        {
            choices.Add(new AllowChoice(kind));
        }
    }

    /// <summary>The usual durations below the ceiling, and the ceiling.</summary>
    private static IEnumerable<AllowChoice> Within(string? ceiling)
    {
        TimeSpan? most = ceiling is null ? null : Duration.TryParse(ceiling, out var parsed) ? parsed : TimeSpan.Zero;
        foreach (var duration in Durations)
        {
            if (most is null || duration < most)
            {
                yield return new AllowChoice(ScopeKind.For, duration);
            }
        }

        // A ceiling that cannot be read leaves nothing to offer.
        if (most > TimeSpan.Zero)
        {
            yield return new AllowChoice(ScopeKind.For, most.Value);
        }
    }
}
