using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Cli.Hooks;
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
        catch (HookInputException e)
        {
            answer = PermissionAnswer.Deny($"clearance: {SafeText.Of($"{e.Message}")}");
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
        var parameters = Parameters(request);
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

    /// <summary>The same ask that the host's hook would make of this call, so that one rule is for both.</summary>
    private LineBuffer Parameters(PermissionRequest request)
    {
        var call = HookCall.OfTool(request.Tool, request.Input, settings.Project);
        var frame = HookFrame.Of(call, "an MCP host") with { As = AskAs.Parent };
        return ToolAsks.Of(call, settings.Home) is [var only]
            ? only.Write(frame, settings.Wait)
            : throw new HookInputException("the call touches several files, which one answer cannot be given for");
    }
}
