using ClearanceDaemon.Core.Transport;
using UnixPeers;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>One connection of a reporter. Nothing is ever written back, and what it sent counts also when it is gone.</summary>
internal sealed class Reporter(ReporterDoor door, Connection connection, PeerCredentials peer) : ILineSink
{
    public PeerCredentials Peer => peer;

    public bool HasInFlight => false;

    public bool OutlivesPeer => true;

    public void OnLine(ReadOnlySpan<byte> line) => door.Intake.Take(line, peer);

    public void OnBadFraming(BadFraming what) => door.Intake.Take(what);

    public void OnDrained()
    {
    }

    public void OnClosed() => door.OnClosed(this);

    public void Close() => connection.CloseWhenSent();
}
