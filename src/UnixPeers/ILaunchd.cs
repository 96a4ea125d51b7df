namespace UnixPeers;

/// <summary>launchd's hand-over of sockets.</summary>
internal interface ILaunchd
{
    /// <returns>0, or an errno: ENOENT the plist has no such name, ESRCH not started by launchd, EALREADY taken before.</returns>
    int ActivateSocket(string name, out int[] descriptors);
}
