using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>What reporters may take. Sizes are bytes of UTF-8.</summary>
internal static class ShieldLimits
{
    /// <summary>The longest line: what one reporter can make the daemon hold.</summary>
    public const int LineBytes = ProtocolLimits.AskLineBytes;

    /// <summary>Open connections: a reader for each container and a few that come and go, and descriptors are left for askers.</summary>
    public const int Connections = 256;

    /// <summary>Open connections of one process: one runaway reporter leaves room for the others.</summary>
    public const int ConnectionsPerProcess = 64;

    /// <summary>The longest name of a container: it is shown whole on every surface.</summary>
    public const int ContainerBytes = 128;

    /// <summary>The longest host name, of RFC 1035.</summary>
    public const int HostBytes = 253;

    /// <summary>The most members of a dossier that are kept: a person must be able to read them.</summary>
    public const int DossierMembers = 32;

    /// <summary>The longest name of a member of a dossier.</summary>
    public const int DossierNameBytes = ProtocolLimits.DetailNameBytes;

    /// <summary>The longest value of a member of a dossier: one of them is the project's path.</summary>
    public const int DossierValueBytes = ProtocolLimits.ProjectBytes;

    /// <summary>Unknown kinds of lines told apart; further ones are counted together, so that the table is bounded.</summary>
    public const int UnknownKinds = 64;

    /// <summary>Columns of an unknown kind that are kept.</summary>
    public const int KindColumns = 48;
}
