using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.External;

/// <summary>An order on its way: its line, and who waits for what becomes of it.</summary>
internal sealed class SentOrder(long id, byte[] line)
{
    private readonly TaskCompletionSource<OrderReply> _reply = new();

    public long Id => id;

    public byte[] Line => line;

    public Task<OrderReply> Task => _reply.Task;

    public bool IsOver => _reply.Task.IsCompleted;

    public TurnTimer? Timeout { get; set; }

    public void End(OrderReply reply)
    {
        Timeout?.Cancel();
        _reply.TrySetResult(reply);
    }
}
