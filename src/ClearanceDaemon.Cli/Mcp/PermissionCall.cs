using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>
/// One call of <c>permission_prompt</c>, with a connection of its own: closing that takes the ask back. It is answered once, or
/// never when it was cancelled.
/// </summary>
internal sealed class PermissionCall(PermissionSettings settings)
{
    private readonly Lock _lock = new();
    private ClearanceClient? _client;
    private bool _isCancelled;

    /// <summary>Takes the ask back; nothing is answered any more.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _isCancelled = true;
            _client?.Dispose();
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <returns>What to tell the host; null when the call was cancelled.</returns>
    public LineBuffer? Run(PermissionRequest request)
    {
        LineBuffer answer;
        try
        {
            answer = Ask(request);
        }
        catch (Exception e)
        {
            // Whatever goes wrong, the host is told no.
            answer = PermissionAnswer.Deny($"clearance: {SafeText.Of($"{Failure.Of(e).Message}")}");
        }

        lock (_lock)
        {
            return _isCancelled ? null : answer;
        }
    }

    private LineBuffer Ask(PermissionRequest request)
    {
        var draft = ToolCall.Draft(request.Tool, request.Input) with { Project = settings.Project };
        var parameters = draft.Parameters(settings.WaitText);
        Asking.RequireOneLine(parameters);
        using var client = settings.Connect();
        lock (_lock)
        {
            _client = client;
            if (_isCancelled)
            {
                return PermissionAnswer.Deny("cancelled");
            }
        }

        var result = Asking.Read(client.CallRaw(MethodNames.Ask, parameters.Written));
        return Asking.ExitCodeOf(result.Outcome) == ExitCodes.Allowed
            ? PermissionAnswer.Allow(request.Input)
            : PermissionAnswer.Deny($"clearance: {OutcomeLine.Of(settings.Terminal, result, settings.Wait > TimeSpan.Zero)}");
    }
}
