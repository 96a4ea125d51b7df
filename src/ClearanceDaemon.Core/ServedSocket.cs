using ClearanceDaemon.Core.Dispatch;
using UnixPeers;

namespace ClearanceDaemon.Core;

/// <summary>A socket to serve, bound or inherited before the host is built. The server disposes the listener.</summary>
/// <param name="Name">Its name, which its callers' asks carry as <c>via</c>.</param>
/// <param name="Role">What reaching it means.</param>
/// <param name="Listener">Already listening.</param>
public sealed record ServedSocket(string Name, CallerRoles Role, UnixListener Listener);
