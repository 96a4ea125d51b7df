using System.Globalization;
using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>The asks that wait, one on a line. It offers no verdict, so a long text may be cut here.</summary>
internal static class PendingTable
{
    private const int Columns = 48;

    public static void Print(Terminal terminal, List<Listed<PendingItem>> waiting, Ages ages)
    {
        var digits = ShortId.Digits(waiting.Select(static ask => ask.Id));
        var shown = new Shown(Columns);
        var table = new Table();
        table.Row(SafeText.Of($"ID"), SafeText.Of($"AGE"), SafeText.Of($"LEFT"), SafeText.Of($"ACTION"), SafeText.Of($"RESOURCE"), SafeText.Of($"VIA"), SafeText.Of($"TIMES"));
        foreach (var (id, item, _) in waiting)
        {
            table.Row(
                SafeText.Of($"{id[..digits]}"),
                SafeText.Of($"{ages.Since(item.Asked)}"),
                SafeText.Of($"{ages.Until(item.Deadline)}"),
                shown.Text(item.Ask.Action),
                shown.Text(item.Ask.Resource ?? "-"),
                shown.Text(item.Verified.Via),
                SafeText.Of($"{item.Times.ToString(CultureInfo.InvariantCulture)}"));
        }

        table.Print(terminal);
        foreach (var (id, item, _) in waiting)
        {
            if (item.Failed is { } failed)
            {
                terminal.Line($"{id[..digits]}  {FailedLine.Of(terminal, failed)}");
            }
        }
    }
}
