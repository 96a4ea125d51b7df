using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>What a person wants decided.</summary>
/// <param name="Verdict">A <see cref="VerdictWord"/>.</param>
/// <param name="Ids">Ids or their beginnings.</param>
/// <param name="Scope">For how long; null for this once.</param>
/// <param name="Bind">The members named on the command line; null for the usual ones.</param>
/// <param name="BindAll">Every member there is, whatever a later version may add.</param>
/// <param name="Reason">For the asker.</param>
/// <param name="Digest">What was reviewed; null for what is shown now.</param>
/// <param name="Json">Print the daemon's answers.</param>
internal sealed record DecideWish(
    string Verdict, string[] Ids, GrantScope? Scope, string[]? Bind, bool BindAll, string? Reason, string? Digest, bool Json)
{
    /// <summary>The verdict on one ask. Of a grant's members the ones that say what is done are bound, not those that only explain it.</summary>
    public DecideParams On(PendingItem item) => new()
    {
        Id = item.Id,
        Digest = Digest ?? item.Digest,
        Verdict = Verdict,
        Scope = Scope,
        Bind = Scope is null || BindAll ? null : Bind ?? Usual(item),
        Reason = Reason,
    };

    private static string[] Usual(PendingItem item)
    {
        var members = new List<string> { BindMember.Action };
        Add(BindMember.Resource, item.Ask.Resource);
        Add(BindMember.Details, item.Ask.Details);
        Add(BindMember.Argv, item.Ask.Argv);
        Add(BindMember.Project, item.Claimed.Project);
        return [.. members];

        void Add(string member, object? value)
        {
            if (value is not null)
            {
                members.Add(member);
            }
        }
    }
}
