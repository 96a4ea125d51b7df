using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>Whether everything is denied, the same wherever it is told.</summary>
internal static class LockdownLine
{
    public static SafeText Of(Terminal terminal, LockdownState state)
    {
        if (!state.On)
        {
            return terminal.Paint(Colour.Good, $"no lockdown");
        }

        var since = state.Since is { } time ? SafeText.Of($" since {time}") : SafeText.None;
        var reason = state.Reason is { } text ? SafeText.Of($": {text}") : SafeText.None;
        return terminal.Paint(Colour.Bad, $"LOCKDOWN{since}, everything is denied{reason}");
    }
}
