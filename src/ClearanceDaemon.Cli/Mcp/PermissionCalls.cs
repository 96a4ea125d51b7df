namespace ClearanceDaemon.Cli.Mcp;

/// <summary>The calls of <c>permission_prompt</c> that are under way, by the host's ids; each is answered as soon as its verdict is there.</summary>
internal sealed class PermissionCalls(McpOutput output, PermissionSettings settings)
{
    private readonly Lock _lock = new();
    private readonly PermissionCall _call = new(settings);
    private readonly Dictionary<string, (CancellationTokenSource Cancelled, Task Served)> _calls = new(StringComparer.Ordinal);

    /// <summary>Begins a call, or answers that it does not.</summary>
    public void Begin(string id, PermissionRequest request)
    {
        bool isKnown;
        lock (_lock)
        {
            isKnown = _calls.ContainsKey(id);
            if (!isKnown && _calls.Count < McpLimits.Calls)
            {
                var cancelled = new CancellationTokenSource();
                _calls[id] = (cancelled, Task.Run(() => ServeAsync(id, request, cancelled.Token)));
                return;
            }
        }

        if (isKnown)
        {
            output.Error(id, McpError.TwiceUnderWay);
        }
        else
        {
            output.Text(id, PermissionAnswer.Deny($"clearance: {McpLimits.Calls} calls are under way. Try again when one is answered.").Written);
        }
    }

    /// <summary>Takes a call's ask back; it is not answered. A call that is not under way is none of ours.</summary>
    public void Cancel(string id)
    {
        lock (_lock)
        {
            if (_calls.TryGetValue(id, out var found))
            {
                found.Cancelled.Cancel();
            }
        }
    }

    /// <summary>Takes every ask back, and waits until the daemon can see it.</summary>
    public void CancelAll()
    {
        Task[] left;
        lock (_lock)
        {
            // What is cancelled may end, and leave the table, before Cancel returns.
            left = [.. _calls.Values.Select(static call => call.Served)];
            foreach (var (cancelled, _) in _calls.Values.ToArray())
            {
                cancelled.Cancel();
            }
        }

        Task.WaitAll(left);
    }

    private async Task ServeAsync(string id, PermissionRequest request, CancellationToken cancelled)
    {
        var answer = await _call.RunAsync(request, cancelled).ConfigureAwait(false);
        lock (_lock)
        {
            _calls.Remove(id, out var ended);
            ended.Cancelled.Dispose();
        }

        try
        {
            if (answer is not null)
            {
                output.Text(id, answer.Written);
            }
        }
        catch (IOException)
        {
            // The host is gone, and its end of the input closes too.
        }
    }
}
