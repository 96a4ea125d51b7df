namespace ClearanceDaemon.Core.Rules;

/// <summary>
/// What was seen of a peer's process: its executable and its systemd unit. Observed, not proof. When the state is not
/// <see cref="ObservedState.Known"/> the other members mean nothing; a known peer without a unit is in no unit.
/// </summary>
internal sealed record ObservedPeer(ObservedState State, ulong ExeDevice, ulong ExeInode, string? Unit)
{
    public static readonly ObservedPeer Unknown = new(ObservedState.Unknown, 0, 0, null);
}
