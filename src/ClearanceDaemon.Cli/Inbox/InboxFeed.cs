using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>
/// Follows the daemon's events on a thread of its own and posts them; comes back by itself when the daemon was away, from where
/// it was. A listener that is no longer the right user's ends the program.
/// </summary>
internal sealed class InboxFeed(Func<ClearanceClient> connect, InboxQueue queue, bool answers) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private readonly ManualResetEventSlim _stop = new();
    private ClearanceClient? _client;
    private EventPlace? _place;

    /// <summary>Connects and subscribes. Errors are those of the two.</summary>
    public void Open()
    {
        _client?.Dispose();
        _client = null;
        var client = connect();
        try
        {
            client.Happened = Happened;
            var subscribed = client.Subscribe(new SubscribeParams { Answers = answers, After = _place });
            _place = subscribed.Resumed ? _place : null;
            queue.Post(new InboxInput.Connected(subscribed.Resumed));
            _client = client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Follows from now on.</summary>
    public void Start() => new Thread(Follow) { IsBackground = true, Name = "inbox feed" }.Start();

    public void Dispose()
    {
        _stop.Set();
        _client?.Dispose();
    }

    private void Follow()
    {
        try
        {
            while (!_stop.IsSet)
            {
                Listen();
                Return();
            }
        }
        catch (Exception e) when (!_stop.IsSet)
        {
            // On this thread nobody else would give the terminal back and say why.
            var failure = Failure.Of(e);
            queue.Post(new InboxInput.Ending(failure.ExitCode, failure.Message));
        }
        catch (Exception) when (_stop.IsSet)
        {
            // The program ends.
        }
    }

    private void Listen()
    {
        try
        {
            while (true)
            {
                _client!.Listen();
            }
        }
        catch (Exception e) when (IsPassing(e))
        {
            queue.Post(new InboxInput.Away(e is EndOfStreamException ? "it closed the connection" : Failure.Of(e).Message));
        }
    }

    private void Return()
    {
        for (var pause = FirstPause; !_stop.Wait(pause); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                Open();
                return;
            }
            catch (Exception e) when (IsPassing(e))
            {
                queue.Post(new InboxInput.Away(Failure.Of(e).Message));
            }
        }
    }

    private static bool IsPassing(Exception e) =>
        e is (IOException and not UnixPeerException { Kind: UnixPeerFault.Untrusted }) or InvalidDataException or RpcException;

    private void Happened(ClearanceEvent happened)
    {
        // Within a snapshot there is no place to come back to.
        if (happened.Type == EventType.Lost)
        {
            _place = null;
        }
        else if (_place is not null || happened.Type == EventType.SnapshotEnd)
        {
            _place = new EventPlace { Epoch = happened.Epoch, Seq = happened.Seq };
        }

        queue.Post(new InboxInput.Happened(happened));
    }
}
