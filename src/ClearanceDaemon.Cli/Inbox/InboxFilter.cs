using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Whether an ask has a text somewhere in what is shown of it, upper and lower case alike.</summary>
internal static class InboxFilter
{
    public static bool Matches(PendingItem item, string text)
    {
        string?[] members =
        [
            item.Id, item.Ask.Action, item.Ask.Resource, item.Verified.Via, item.Claimed.Title, item.Claimed.Reason, item.Claimed.Project,
            item.Observed.Exe, item.Observed.Unit, item.Observed.Command, item.Rule, .. item.Ask.Argv ?? [],
        ];
        foreach (var member in members)
        {
            if (member is not null && member.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return DetailsMatch(item, text);
    }

    private static bool DetailsMatch(PendingItem item, string text)
    {
        foreach (var (name, value) in item.Ask.Details ?? [])
        {
            if (name.Contains(text, StringComparison.OrdinalIgnoreCase) || DetailValue.Of(value).Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
