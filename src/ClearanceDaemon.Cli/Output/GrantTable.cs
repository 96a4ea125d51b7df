using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>The grants in force, one on a line.</summary>
internal static class GrantTable
{
    public const int Columns = 160;

    public static void Print(Terminal terminal, List<Listed<GrantItem>> grants, Ages ages)
    {
        var digits = ShortId.Digits(grants.Select(static grant => grant.Id));
        var shown = new Shown(Columns);
        var table = new Table();
        table.Row(SafeText.Of($"ID"), SafeText.Of($"VERDICT"), SafeText.Of($"SCOPE"), SafeText.Of($"LEFT"), SafeText.Of($"VIA"), SafeText.Of($"RULE"), SafeText.Of($"FOR ASKS WITH"));
        foreach (var (id, item, _) in grants)
        {
            table.Row(
                SafeText.Of($"{id[..digits]}"),
                shown.Text(item.Verdict),
                GrantText.Scope(item.Scope),
                GrantText.Left(item, ages),
                shown.Text(item.Subject.Via),
                shown.Text(item.Rule ?? "-"),
                GrantText.Match(item, shown));
        }

        table.Print(terminal);
    }
}
