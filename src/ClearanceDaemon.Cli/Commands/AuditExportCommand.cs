using System.CommandLine;
using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance audit export</c>: the records as they stand in the log, byte for byte, so that their chain can be verified elsewhere.</summary>
internal static class AuditExportCommand
{
    /// <summary>Records between two lines of progress.</summary>
    private const int ProgressEvery = 10_000;

    public static Command Create(CommandContext context)
    {
        var from = new Option<long?>("--from") { Description = "the first record wanted", HelpName = "SEQ" };
        var to = new Option<long?>("--to") { Description = "the last record wanted", HelpName = "SEQ" };
        var output = new Option<string?>("--output") { Description = "a new file of mode 0600; standard output without it", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "replace the file when it is there" };
        var verb = new Verb("export", "Write the records out as JSON lines, byte for byte as in the log.", """
            clearance audit export --output audit.jsonl
            clearance audit export --from 1200 --to 1300 | jq .

            Exit codes: 0 done, 1 done, but the records do not form a chain, 126 bad usage, 127 failed.
            """);
        verb.Options.Add(from);
        verb.Options.Add(to);
        verb.Options.Add(output);
        verb.Options.Add(force);
        verb.SetAction(parsed => Run(context, parsed, Range(parsed.GetValue(from), parsed.GetValue(to)), parsed.GetValue(output), parsed.GetValue(force)));
        return verb;
    }

    private static (long From, long To) Range(long? from, long? to)
    {
        var (first, last) = (from ?? 1, to ?? long.MaxValue - 1);
        return first >= 1 && last >= first && last < long.MaxValue
            ? (first, last)
            : throw new UsageException("--from and --to: records are numbered from 1 on, and the last wanted is not before the first.");
    }

    private static int Run(CommandContext context, ParseResult parsed, (long From, long To) range, string? output, bool force)
    {
        if (force && output is null)
        {
            throw new UsageException("--force goes with --output. Leave it out.");
        }

        using var file = output is null ? null : ExportFile.Create(AskFlags.FullPath("--output", output), force);
        using var client = context.Connect(parsed, SocketRole.Operator);
        var chain = new RecordChain();
        Read(client, range, context.Terminal, chain, line =>
        {
            if (file is null)
            {
                context.Terminal.ExactJson(line);
            }
            else
            {
                file.Line(line);
            }
        });
        file?.Complete();
        Tell(context.Terminal, chain, file is not null);
        return chain.Fault is null ? ExitCodes.Ok : ExitCodes.Negative;
    }

    private static void Read(ClearanceClient client, (long From, long To) range, Terminal terminal, RecordChain chain, Action<ReadOnlySpan<byte>> write)
    {
        for (long? after = range.From - 1; after is not null;)
        {
            var page = client.AuditRead(new AuditReadParams { After = after, Before = range.To + 1 });
            foreach (var record in page.Records)
            {
                var line = JsonMarshal.GetRawUtf8Value(record);
                chain.Add(line, record);
                write(line);
                if (chain.Count % ProgressEvery == 0)
                {
                    terminal.Tell($"{chain.Count} records, up to {chain.Last}");
                }
            }

            // A next that does not rise would never end.
            after = page.Next > after ? page.Next : null;
        }
    }

    private static void Tell(Terminal terminal, RecordChain chain, bool toFile)
    {
        var told = chain.Count == 0
            ? SafeText.Of($"no records")
            : SafeText.Of($"{Count.Of(chain.Count, "record")}, {chain.First} to {chain.Last}, head {chain.Head}");
        if (toFile)
        {
            terminal.Line($"{told}");
        }
        else
        {
            terminal.Tell($"{told}");
        }

        if (chain.Fault is { } fault)
        {
            terminal.Complain($"clearance: {fault}. See clearance audit verify.");
        }
    }
}
