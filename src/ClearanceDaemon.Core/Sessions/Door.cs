using System.Text;
using ClearanceDaemon.Core.Dispatch;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>A served socket as the sessions see it: what reaching it makes of a caller.</summary>
internal sealed class Door(string via, CallerRoles role)
{
    /// <summary>The socket's name.</summary>
    public string Via => via;

    public byte[] ViaUtf8 { get; } = Encoding.UTF8.GetBytes(via);

    public CallerRoles Role => role;

    /// <summary>Open connections.</summary>
    public int Connections { get; set; }
}
