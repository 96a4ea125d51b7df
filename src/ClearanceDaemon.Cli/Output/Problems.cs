using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>What is wrong with files of rules, as compilers write it: <c>FILE:LINE:COLUMN: message</c>.</summary>
internal static class Problems
{
    public static void Print(Terminal terminal, IEnumerable<RuleProblem> problems)
    {
        foreach (var problem in problems)
        {
            terminal.Line($"{terminal.Paint(Colour.Bad, $"{problem.File}:{problem.Line}:{problem.Column}")}: {problem.Message}");
        }
    }

    public static Colour ColourOf(string rulesState) => rulesState == RulesState.Ok ? Colour.Good : Colour.Bad;
}
