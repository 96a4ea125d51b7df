using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>A socket with a path.</summary>
/// <param name="Name"><c>ask</c>, <c>operator</c> or <c>ask.NAME</c>.</param>
/// <param name="Path">The path.</param>
/// <param name="Directory">The directory that is its alone.</param>
/// <param name="Address">The same path as an address.</param>
internal sealed record PatientSocket(string Name, string Path, string Directory, UnixAddress Address)
{
    public bool IsOperator => Name == "operator";
}
