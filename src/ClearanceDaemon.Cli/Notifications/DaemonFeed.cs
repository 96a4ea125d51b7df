using System.Text.Json;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Notifications;

/// <summary>Follows the daemon's events over one connection after another, and remembers where the last one ended.</summary>
internal sealed class DaemonFeed(UnixAddress address, Surroundings surroundings)
{
    private EventPlace? _place;
    private bool _inSnapshot;

    /// <summary>Subscribes as somebody who answers and hands on every event, until the connection ends or <paramref name="cancellationToken"/> does.</summary>
    /// <param name="happened">Called for each event; a null one says that a snapshot begins.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task FollowAsync(Func<ClearanceEvent?, ValueTask> happened, CancellationToken cancellationToken)
    {
        using var connection = await UnixPeerClient.ConnectAsync(address, DaemonAddress.ServerUid(surroundings), ct: cancellationToken).ConfigureAwait(false);
        var events = new Queue<ClearanceEvent>();
        await using var client = new ClearanceClient(connection.Stream);
        client.Happened = events.Enqueue;
        if (!await SubscribeAsync(client, cancellationToken).ConfigureAwait(false))
        {
            await BeginSnapshotAsync(happened).ConfigureAwait(false);
        }

        while (true)
        {
            while (events.TryDequeue(out var one))
            {
                await HandOnAsync(one, happened).ConfigureAwait(false);
            }

            await client.ListenAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Whether the events since the last place follow, and no snapshot.</returns>
    private async Task<bool> SubscribeAsync(ClearanceClient client, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(surroundings.AnswerWithin);
        try
        {
            var from = new SubscribeParams { After = _place, Answers = true };
            return (await client.CallAsync(ClearanceMethods.Subscribe, from, late.Token).ConfigureAwait(false)).Resumed;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The daemon did not answer in time.");
        }
    }

    private async ValueTask HandOnAsync(ClearanceEvent one, Func<ClearanceEvent?, ValueTask> happened)
    {
        if (one.Type == EventType.Lost)
        {
            await BeginSnapshotAsync(happened).ConfigureAwait(false);
            return;
        }

        await happened(one).ConfigureAwait(false);
        _inSnapshot &= one.Type != EventType.SnapshotEnd;

        // The events of a snapshot all carry its place: resumed there, the rest of it would be missed.
        _place = _inSnapshot ? null : new EventPlace { Epoch = one.Epoch, Seq = one.Seq };
    }

    private ValueTask BeginSnapshotAsync(Func<ClearanceEvent?, ValueTask> happened)
    {
        _inSnapshot = true;
        _place = null;
        return happened(null);
    }

    /// <summary>What an event carries.</summary>
    /// <exception cref="InvalidDataException">Something else than its type says.</exception>
    public static T Read<T>(ClearanceEvent one, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
    {
        try
        {
            return one.Data.Deserialize(shape) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"The daemon's event {one.Type} is not of the shape this program knows: {e.Message}", e);
        }
    }
}
