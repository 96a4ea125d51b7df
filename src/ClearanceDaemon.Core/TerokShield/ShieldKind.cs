namespace ClearanceDaemon.Core.TerokShield;

/// <summary>What can happen to a container and its shield.</summary>
internal enum ShieldKind
{
    ContainerStarted,
    ContainerExited,
    ShieldUp,
    ShieldDown,
    ShieldDownAll,
    ShieldDisengaged,
}
