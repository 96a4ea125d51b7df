namespace ClearanceDaemon.Cli.Notifications;

/// <summary>The one notice that counts the asks there is no room for. It keeps up with their number at leisure, and once it was sent away it stays away until there are none.</summary>
/// <param name="screen">Where it is shown.</param>
/// <param name="time">Says when.</param>
/// <param name="later">Calls <see cref="Show"/> again after a while.</param>
internal sealed class CountNotice(Screen screen, TimeProvider time, Action<TimeSpan> later)
{
    private NoticeProcess? _notice;
    private int _shown;
    private bool _sentAway;
    private long? _changed;

    public void Show(int count)
    {
        _sentAway &= count > 0;
        if (count == _shown || _sentAway)
        {
            return;
        }

        var wait = _changed is { } at ? NoticeLimits.CountEvery - time.GetElapsedTime(at) : TimeSpan.Zero;
        if (count > 0 && wait > TimeSpan.Zero)
        {
            later(wait);
            return;
        }

        screen.Close(_notice);
        (_shown, _changed, _notice) = (count, time.GetTimestamp(), null);
        _notice = count > 0 ? screen.Show(AskNotice.OfMore(count), Ended) : null;
    }

    /// <summary>The server may be another one: what is counted is shown anew.</summary>
    public void Forget()
    {
        screen.Close(_notice);
        (_notice, _shown) = (null, 0);
    }

    private void Ended(NoticeAnswer answer) => _sentAway = answer == NoticeAnswer.Nothing;
}
