using System.Diagnostics;
using System.Globalization;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Notifications;

/// <summary>A notice that is open, which is a notify-send that waits. Owns the process until <see cref="CloseAsync"/> ends.</summary>
internal sealed class NoticeProcess
{
    public const string NoButtons = "the notification server draws no buttons";

    /// <summary>How long notify-send may take to get ready for SIGINT, and then to end; a server that hangs holds it up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly NoticeButtons _offered;

    public NoticeProcess(Process process, NoticeButtons offered)
    {
        (_process, _offered) = (process, offered);
        Ended = WaitAsync();
    }

    /// <summary>The first of our two ids that was pressed, or how it ended without one; and what went wrong where it was not shown.</summary>
    public Task<(NoticeAnswer Answer, string Fault)> Ended { get; }

    /// <summary>Takes the notice off the screen: on SIGINT notify-send closes what it waits for. Call it once, also for one that ended.</summary>
    public async Task CloseAsync()
    {
        for (var waited = TimeSpan.Zero; !_process.HasExited && !IsReady() && waited < Patience; waited += Look)
        {
            await Task.Delay(Look).ConfigureAwait(false);
        }

        if (!_process.HasExited)
        {
            _ = LibC.kill(_process.Id, LibC.SIGINT);
        }

        using var late = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _ = await Ended.ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task<(NoticeAnswer Answer, string Fault)> WaitAsync()
    {
        var error = _process.StandardError.ReadToEndAsync();
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            // Some servers send the pressed id and then `default`: the first of ours is the answer, whatever follows.
            if (NoticeArguments.Read(line, _offered) is not NoticeAnswer.Nothing and var answer)
            {
                return (answer, "");
            }
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        var said = (await error.ConfigureAwait(false)).Trim();
        return _process.ExitCode switch
        {
            0 when said.Contains("Actions are not supported", StringComparison.Ordinal) => (NoticeAnswer.NotShown, NoButtons),
            0 => (NoticeAnswer.Nothing, ""),
            var code => (NoticeAnswer.NotShown, string.Create(CultureInfo.InvariantCulture, $"notify-send exited with {code}: {said[(said.LastIndexOf('\n') + 1)..]}")),
        };
    }

    /// <summary>Whether it catches SIGINT yet. Before that the signal would kill it and leave the notice on the screen.</summary>
    private bool IsReady()
    {
        try
        {
            var caught = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"))
                .First(static line => line.StartsWith("SigCgt:", StringComparison.Ordinal))["SigCgt:".Length..];
            return (ulong.Parse(caught.AsSpan().Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (LibC.SIGINT - 1))) != 0;
        }
        catch (IOException)
        {
            // It is gone, or there is no /proc to tell.
            return true;
        }
    }
}
