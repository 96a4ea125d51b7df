using System.CommandLine;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>A command with the examples that its help ends with.</summary>
internal sealed class Verb(string name, string description, string examples) : Command(name, description)
{
    /// <summary>One per line.</summary>
    public string Examples { get; } = examples;

    /// <summary>What the program that runs this verb has to read on standard output to take a failure for a no; null where the exit code suffices.</summary>
    public string? Refusal { get; init; }
}
