namespace ClearanceDaemon.Cli.Connecting;

/// <summary>An instance of which at least one socket listens.</summary>
/// <param name="Name">Empty for the default instance.</param>
/// <param name="State"><see cref="Running"/> or <see cref="Waiting"/>.</param>
/// <param name="Sockets">Paths of the sockets that listen.</param>
internal sealed record Instance(string Name, string State, List<string> Sockets)
{
    /// <summary>A daemon holds the instance's lock.</summary>
    public const string Running = "running";

    /// <summary>A service manager listens and starts the daemon on the first connection.</summary>
    public const string Waiting = "waiting";
}
