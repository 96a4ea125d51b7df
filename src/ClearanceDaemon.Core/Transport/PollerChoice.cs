namespace ClearanceDaemon.Core.Transport;

/// <summary>The poller of this system.</summary>
internal static class PollerChoice
{
    public static IPoller Create() => OperatingSystem.IsLinux() ? new Epoll() : new Poll();
}
