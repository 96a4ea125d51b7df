namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>
/// Something wrong in a rule file. Line and column count from 1, columns in code points; both are 0 when the file as a
/// whole is meant.
/// </summary>
internal sealed record RuleProblem(string File, int Line, int Column, RuleSeverity Severity, string Message)
{
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
