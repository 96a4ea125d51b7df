namespace ClearanceDaemon.Cli.Notifications;

/// <summary>The notices that are on the screen. Everything but <paramref name="post"/> happens on the loop that owns it.</summary>
/// <param name="desktop">Shows them.</param>
/// <param name="post">Gets an action onto that loop.</param>
/// <param name="failed">Called with the reason when a notice could not be shown as it was meant.</param>
internal sealed class Screen(NotifySend desktop, Func<Action, ValueTask> post, Action<string> failed)
{
    private readonly HashSet<NoticeProcess> _open = [];
    private readonly List<Task> _closing = [];

    /// <summary>Shows a notice. <paramref name="ended"/> is called once, unless it is closed from here first.</summary>
    /// <returns>Null when it could not be shown.</returns>
    public NoticeProcess? Show(Notice notice, Action<NoticeAnswer> ended)
    {
        try
        {
            var shown = desktop.Show(notice);
            _open.Add(shown);
            _ = AfterAsync(shown, ended);
            return shown;
        }
        catch (IOException e)
        {
            failed(e.Message);
            return null;
        }
    }

    /// <summary>Takes a notice off the screen, if it still is there.</summary>
    public void Close(NoticeProcess? notice)
    {
        if (notice is not null && _open.Remove(notice))
        {
            _closing.RemoveAll(static task => task.IsCompleted);
            _closing.Add(notice.CloseAsync());
        }
    }

    public Task CloseAllAsync()
    {
        foreach (var notice in _open.ToArray())
        {
            Close(notice);
        }

        return Task.WhenAll(_closing);
    }

    private async Task AfterAsync(NoticeProcess notice, Action<NoticeAnswer> ended)
    {
        var (answer, fault) = await notice.Ended.ConfigureAwait(false);
        await post(() =>
        {
            // What was pressed on a notice that is already being closed was pressed too late.
            if (!_open.Contains(notice))
            {
                return;
            }

            Close(notice);
            if (answer == NoticeAnswer.NotShown)
            {
                failed(fault);
            }

            ended(answer);
        }).ConfigureAwait(false);
    }
}
