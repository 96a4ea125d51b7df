namespace ClearanceDaemon.Core.Transport;

/// <summary>Something behind a watched descriptor.</summary>
internal interface IPollTarget
{
    void OnReady(PollEvents events);
}
