using System.Globalization;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>Both lines of a handler's test, and what became of it.</summary>
internal sealed class HandlerTestReport(Terminal terminal, HandlersTestResult result)
{
    public void Print()
    {
        terminal.Line($"→ {Or(result.Sent, "nothing was sent")}");
        terminal.Line($"← {Or(result.Received, "nothing came back")}");
        var took = SafeText.Of($"{result.Milliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms");
        terminal.Line($"{Outcome()}, {took}");
    }

    private SafeText Or(string? line, string otherwise) => line is null ? terminal.Paint(Colour.Dim, $"{otherwise}") : SafeText.Of($"{line}");

    private SafeText Outcome()
    {
        if (result.Failure is { } failure)
        {
            return SafeText.Of($"{terminal.Paint(Colour.Bad, $"failed")} ({failure.Why}): {HandlerWords.Failure(failure)}");
        }

        return result.Verdict switch
        {
            null => terminal.Paint(Colour.Good, $"answered"),
            RuleDecision.Ask => terminal.Paint(Colour.Doubtful, $"leaves the ask to a person"),
            var verdict => SafeText.Of($"would have been {OutcomeLine.Of(terminal, verdict, by: null, reason: null)}"),
        };
    }
}
