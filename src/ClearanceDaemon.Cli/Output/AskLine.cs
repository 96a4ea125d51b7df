using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>An ask on one line, as it is shown where it is decided.</summary>
internal static class AskLine
{
    /// <summary>Of each text; a line that is cut is told of, and <c>pending ID</c> shows it whole.</summary>
    private const int Columns = 160;

    public static SafeText Of(PendingItem item, out Shown shown)
    {
        shown = new Shown(Columns);
        var line = shown.Text(item.Ask.Action);
        line = item.Ask.Resource is { } resource ? SafeText.Of($"{line} {shown.Text(resource)}") : line;
        foreach (var (name, value) in item.Ask.Details ?? [])
        {
            line = SafeText.Of($"{line} {shown.Member(name, value)}");
        }

        line = item.Ask.Argv is { Length: > 0 } argv ? SafeText.Of($"{line} -- {shown.Argv(argv)}") : line;
        line = SafeText.Of($"{line}, asked via {shown.Text(item.Verified.Via)}");
        return item.Observed.Container is { } container ? SafeText.Of($"{line} by container {shown.Text(container)}") : item.Observed.Pid is { } pid ? SafeText.Of($"{line} by pid {pid}") : line;
    }
}
