using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>An ask whose verdict could not be carried out, on one line, the same wherever it is told.</summary>
internal static class FailedLine
{
    public static SafeText Of(Terminal terminal, FailedEffect failed) =>
        SafeText.Of($"{terminal.Paint(Colour.Bad, $"FAILED")}: {HandlerWords.Failed(failed)}; {HandlerWords.TryAgain}");
}
