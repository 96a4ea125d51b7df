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
    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="request">What for.</param>
    /// <param name="cancelled">Takes the ask back.</param>
    /// <returns>What to tell the host; null when the call was cancelled.</returns>
    public async Task<LineBuffer?> RunAsync(PermissionRequest request, CancellationToken cancelled)
    {
        LineBuffer answer;
        try
        {
            answer = await AskAsync(request, cancelled).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever goes wrong, the host is told no.
            answer = PermissionAnswer.Deny($"clearance: {SafeText.Of($"{Failure.Of(e).Message}")}");
        }

        return cancelled.IsCancellationRequested ? null : answer;
    }

    private async Task<LineBuffer> AskAsync(PermissionRequest request, CancellationToken cancelled)
    {
        var draft = ToolCall.Draft(request.Tool, request.Input) with { Project = settings.Project };
        var parameters = draft.Parameters(settings.WaitText);
        Asking.RequireOneLine(parameters);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        late.CancelAfter(settings.Patience);
        try
        {
            using var client = await settings.ConnectAsync(late.Token).ConfigureAwait(false);
            var result = Asking.Read(await client.CallRawAsync(MethodNames.Ask, parameters.Written.ToArray(), late.Token).ConfigureAwait(false));
            return Asking.ExitCodeOf(result.Outcome) == ExitCodes.Allowed
                ? PermissionAnswer.Allow(request.Input)
                : PermissionAnswer.Deny($"clearance: {OutcomeLine.Of(settings.Terminal, result, settings.Wait > TimeSpan.Zero)}");
        }
        catch (OperationCanceledException)
        {
            return PermissionAnswer.Deny("clearance: the daemon did not answer in time. See what it logs, then restart it.");
        }
    }
}
