namespace ClearanceDaemon.Core.Transport;

/// <summary>Brings the continuation of an awaiting handler back to the reactor's thread.</summary>
internal sealed class ReactorContext(Reactor reactor) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => reactor.Post(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("waiting for the reactor would stop every other request");

    public override SynchronizationContext CreateCopy() => this;
}
