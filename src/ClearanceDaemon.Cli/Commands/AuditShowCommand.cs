using System.CommandLine;
using System.Text;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance audit show</c>: the newest records, or those after a given one, oldest first.</summary>
internal static class AuditShowCommand
{
    /// <summary>The most records of one run: they are held in memory to be put in order.</summary>
    public const int MaxRecords = 100_000;

    private const int DefaultRecords = 20;

    public static Command Create(CommandContext context)
    {
        var count = new Option<int>("-n", "--count")
        {
            Description = $"how many records, at most {MaxRecords}",
            HelpName = "N",
            DefaultValueFactory = static _ => DefaultRecords,
        };
        var after = new Option<long?>("--after") { Description = "only records after this sequence number, oldest first", HelpName = "SEQ" };
        var kind = new Option<string?>("--kind") { Description = "only records of this kind, such as verdict or refused", HelpName = "K" };
        var json = CommandContext.Json("print each record as one line of JSON, as it stands in the log");
        var verb = new Verb("show", "Show records of the audit log, oldest first.", """
            clearance audit show
            clearance audit show -n 100 --kind verdict
            clearance audit show --after 1200 --json
            """);
        verb.Options.Add(count);
        verb.Options.Add(after);
        verb.Options.Add(kind);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(
            context, parsed, new AuditQuery(Count(parsed.GetValue(count)), parsed.GetValue(after), parsed.GetValue(kind)), parsed.GetValue(json)));
        return verb;
    }

    private static int Count(int value) => value is > 0 and <= MaxRecords
        ? value
        : throw new UsageException($"-n {value}: ask for 1 to {MaxRecords} records; --after shows the next ones.");

    private static int Run(CommandContext context, ParseResult parsed, AuditQuery query, bool json)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        foreach (var record in query.Read(client))
        {
            if (json)
            {
                context.Terminal.Json(Encoding.UTF8.GetBytes(record.GetRawText()));
            }
            else
            {
                context.Terminal.Line($"{AuditLine.Of(context.Terminal, record)}");
            }
        }

        return ExitCodes.Ok;
    }
}
