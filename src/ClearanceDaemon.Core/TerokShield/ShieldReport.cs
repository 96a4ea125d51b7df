namespace ClearanceDaemon.Core.TerokShield;

/// <summary>What one line says. All of it is the reporter's word.</summary>
/// <param name="Container">The container it is about.</param>
/// <param name="Dossier">What else is said of the container.</param>
internal abstract record ShieldReport(string Container, Dossier Dossier)
{
    /// <summary>A connection was held back and waits for a verdict.</summary>
    /// <param name="Container">Whose connection.</param>
    /// <param name="Dest">An IP address, or a host name in lower case.</param>
    /// <param name="Port">0 when there is none.</param>
    /// <param name="Proto">The protocol's number in an IP header; null when it was not said.</param>
    /// <param name="Domain">The name that was looked up for the address, in lower case; null when it is not known.</param>
    /// <param name="Dossier">What else is said of the container.</param>
    public sealed record Pending(string Container, string Dest, int Port, int? Proto, string? Domain, Dossier Dossier) : ShieldReport(Container, Dossier);

    /// <summary>Something happened to a container or its shield.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="Container">Whose.</param>
    /// <param name="Reason">Why, as far as it was said.</param>
    /// <param name="Dossier">What else is said of the container.</param>
    public sealed record Notice(ShieldKind Kind, string Container, string? Reason, Dossier Dossier) : ShieldReport(Container, Dossier);
}
