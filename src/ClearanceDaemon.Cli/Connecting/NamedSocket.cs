using UnixPeers;

namespace ClearanceDaemon.Cli.Connecting;

/// <summary>Where a named ask socket is: one agent's own door.</summary>
internal static class NamedSocket
{
    public const string Directory = "ask.d";

    public static string Path(string via, AddressFlags flags, Surroundings surroundings) =>
        System.IO.Path.Combine(RuntimeDirectory.RuntimePath(DaemonAddress.BaseName(flags, surroundings)), Directory, via, DaemonAddress.SocketName);
}
