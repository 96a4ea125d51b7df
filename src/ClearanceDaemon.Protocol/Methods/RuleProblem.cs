namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Something wrong with a file of rules.</summary>
public sealed record RuleProblem
{
    /// <summary>Its absolute path.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1; 0 when the whole file is meant.</summary>
    public required int Line { get; init; }

    /// <summary>The column in code points, from 1; 0 when the whole line is meant.</summary>
    public required int Column { get; init; }

    /// <summary>What is wrong and what is allowed there.</summary>
    public required string Message { get; init; }
}
