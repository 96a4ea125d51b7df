using System.Globalization;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>One error, warning or failed test in a <see cref="RulesReport"/>.</summary>
internal sealed record RulesReportProblem
{
    public required string File { get; init; }

    public required int Line { get; init; }

    public required int Column { get; init; }

    /// <summary><c>error</c> or <c>warning</c>.</summary>
    public required string Severity { get; init; }

    public required string Message { get; init; }

    /// <summary>FILE:LINE:COLUMN.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
