using System.CommandLine;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance audit</c>: the verbs about the audit log.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandContext context)
    {
        var verb = new Verb("audit", "Read, verify and export the audit log.", "");
        verb.Subcommands.Add(AuditShowCommand.Create(context));
        verb.Subcommands.Add(AuditVerifyCommand.Create(context));
        verb.Subcommands.Add(AuditExportCommand.Create(context));
        return verb;
    }
}
