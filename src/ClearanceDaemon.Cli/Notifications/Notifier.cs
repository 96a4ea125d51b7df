using System.Threading.Channels;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Notifications;

/// <summary>
/// Between the daemon and the desktop: a notice for each ask that waits, a verdict for each button that is pressed. All of its
/// state belongs to one loop; whatever happens elsewhere reaches it through the inbox.
/// </summary>
internal sealed class Notifier
{
    private readonly Channel<Action> _inbox = Channel.CreateBounded<Action>(new BoundedChannelOptions(256) { SingleReader = true });
    private readonly AskBoard _board = new(NoticeLimits.OpenAsks);
    private readonly Dictionary<string, (PendingItem Item, NoticeProcess Notice)> _asks = new(StringComparer.Ordinal);
    private readonly List<Task> _verdicts = [];
    private readonly NotifySend _desktop;
    private readonly DaemonFeed _feed;
    private readonly Action<DecideParams> _decide;
    private readonly Terminal _terminal;
    private readonly TimeProvider _time;
    private readonly Screen _screen;
    private readonly CountNotice _more;
    private NoticeProcess? _lockdown;
    private CancellationTokenSource? _session;
    private CancellationToken _stop;
    private string? _complaint;
    private bool _looksAgain;

    /// <param name="desktop">Shows notices.</param>
    /// <param name="feed">Tells of asks.</param>
    /// <param name="decide">Takes a verdict to the daemon, blocking.</param>
    /// <param name="terminal">Is told what is wrong.</param>
    /// <param name="time">Says when.</param>
    public Notifier(NotifySend desktop, DaemonFeed feed, Action<DecideParams> decide, Terminal terminal, TimeProvider time)
    {
        (_desktop, _feed, _decide, _terminal, _time) = (desktop, feed, decide, terminal, time);
        _screen = new Screen(desktop, PostAsync, NotShown);
        _more = new CountNotice(_screen, time, LookAgain);
    }

    /// <summary>Runs until <paramref name="stop"/>, then takes every notice off the screen.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _stop = stop;
        var following = FollowAsync();
        try
        {
            while (await _inbox.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                while (_inbox.Reader.TryRead(out var next))
                {
                    next();
                }

                Refresh();
            }
        }
        catch (OperationCanceledException)
        {
            await following.ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll([_screen.CloseAllAsync(), .. _verdicts]).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync()
    {
        var backOff = new BackOff(_time);
        try
        {
            while (true)
            {
                backOff.Begin();
                await FollowOnceAsync().ConfigureAwait(false);
                await Task.Delay(backOff.Next(), _time, _stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    /// <summary>An operator is present while this follows, so without a server that draws buttons it doesn't.</summary>
    private async Task FollowOnceAsync()
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        try
        {
            if (await _desktop.FindFaultAsync(session.Token).ConfigureAwait(false) is { } fault)
            {
                await PostAsync(() => Complain(OfDesktop(fault))).ConfigureAwait(false);
                return;
            }

            await PostAsync(() => _session = session).ConfigureAwait(false);
            await _feed.FollowAsync(HappenedAsync, session.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheDaemon(e))
        {
            await PostAsync(() => Complain(Failure.Of(e).Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            // The desktop failed; the next round says whether it is back.
        }

        // Nobody may hold the source when it is disposed.
        var forgotten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(() =>
        {
            _session = null;
            forgotten.SetResult();
        }).ConfigureAwait(false);
        await forgotten.Task.WaitAsync(_stop).ConfigureAwait(false);
    }

    private static bool IsOfTheDaemon(Exception e) => e is RpcException or IOException or InvalidDataException;

    private ValueTask PostAsync(Action action) => _inbox.Writer.WriteAsync(action, _stop);

    private ValueTask HappenedAsync(ClearanceEvent? one)
    {
        switch (one?.Type)
        {
            case null:
                return PostAsync(_board.BeginSnapshot);
            case EventType.Asked:
                var item = DaemonFeed.Read(one, ProtocolJson.Default.PendingItem);
                return PostAsync(() => _board.Asked(item));
            case EventType.Decided:
                return PostAsync(() => Ended(one.Id!));
            case EventType.SnapshotEnd:
                var end = DaemonFeed.Read(one, ProtocolJson.Default.SnapshotEndEvent);
                return PostAsync(() => SnapshotEnded(end));
            case EventType.Lockdown:
                var state = DaemonFeed.Read(one, ProtocolJson.Default.LockdownState);
                return PostAsync(() => ShowLockdown(state));
            default:
                return default;
        }
    }

    private void SnapshotEnded(SnapshotEndEvent end)
    {
        _complaint = null;
        _board.EndSnapshot().ForEach(Ended);
        ShowLockdown(end.Lockdown);
    }

    private void Ended(string id)
    {
        _board.Ended(id);
        if (_asks.Remove(id, out var shown))
        {
            _screen.Close(shown.Notice);
        }
    }

    private void ShowLockdown(LockdownState state)
    {
        _screen.Close(_lockdown);
        _lockdown = state.On ? _screen.Show(AskNotice.OfLockdown(state), static _ => { }) : null;
    }

    private void Refresh()
    {
        while (_session is not null && _board.Open() is { } item)
        {
            var notice = _screen.Show(AskNotice.Of(item, _time.GetUtcNow().ToUnixTimeMilliseconds()), answer => Answered(item, answer));
            if (notice is null)
            {
                _board.NotShown(item);
                return;
            }

            _asks.Add(item.Id, (item, notice));
        }

        if (_session is not null)
        {
            _more.Show(_board.Waiting);
        }
    }

    private void Answered(PendingItem item, NoticeAnswer answer)
    {
        _asks.Remove(item.Id);
        if (answer == NoticeAnswer.NotShown)
        {
            _board.NotShown(item);
            return;
        }

        _board.Handled(item.Id);
        if (answer != NoticeAnswer.Nothing)
        {
            _verdicts.RemoveAll(static task => task.IsCompleted);
            _verdicts.Add(Task.Run(() => DecideAsync(item, answer == NoticeAnswer.AllowOnce ? VerdictWord.Allow : VerdictWord.Deny)));
        }
    }

    private async Task DecideAsync(PendingItem item, string verdict)
    {
        try
        {
            _decide(new DecideParams { Id = item.Id, Digest = item.Digest, Verdict = verdict, Scope = new GrantScope { Kind = ScopeKind.Once } });
        }
        catch (Exception e) when (IsOfTheDaemon(e))
        {
            await TellAsync(item, Failure.Of(e).Message).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(PendingItem item, string message)
    {
        try
        {
            await PostAsync(() => _screen.Show(AskNotice.OfTrouble(item, message), static _ => { })).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped meanwhile: nothing is shown any more.
            Complain(message);
        }
    }

    /// <summary>A server that shows no more notices has most likely lost those it had: the next one shows them again.</summary>
    private void NotShown(string fault)
    {
        Complain(OfDesktop(fault));
        _session?.Cancel();
        _session = null;
        _more.Forget();
        foreach (var (item, notice) in _asks.Values)
        {
            _screen.Close(notice);
            _board.NotShown(item);
        }

        _asks.Clear();
    }

    private void Complain(string what)
    {
        if (what != _complaint)
        {
            _complaint = what;
            _terminal.Complain($"clearance notify: {what}");
        }
    }

    private static string OfDesktop(string fault) => $"{fault}. Nothing is lost: answer with clearance watch. Trying again until it works.";

    private void LookAgain(TimeSpan wait)
    {
        if (!_looksAgain)
        {
            _looksAgain = true;
            _ = LookAgainAsync(wait);
        }
    }

    private async Task LookAgainAsync(TimeSpan wait)
    {
        await Task.Delay(wait, _time, _stop).ConfigureAwait(false);
        await PostAsync(() => _looksAgain = false).ConfigureAwait(false);
    }
}
