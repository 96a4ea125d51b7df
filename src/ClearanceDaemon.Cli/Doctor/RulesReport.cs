using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>What <c>clearanced --check-rules --json</c> prints, as far as it is told here.</summary>
internal sealed record RulesReport
{
    public required int Rules { get; init; }

    public required RulesReportProblem[] Problems { get; init; }

    public required RulesReportProblem[] TestsFailed { get; init; }

    public required RuleFile[] Files { get; init; }
}
