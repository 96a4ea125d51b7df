using System.Text;

namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>
/// Matches a resource <c>host:port</c> by its host name, without regard to ASCII case or a trailing dot. With
/// <see cref="IsSuffix"/> the host is one or more labels below <see cref="Name"/>, never the name itself.
/// A rule without a port means every port and none; one with a port wants the resource to have one.
/// </summary>
internal sealed class HostMatcher(byte[] name, bool isSuffix, PortSet? ports) : ValueMatcher
{
    /// <summary>Lower case, without a trailing dot and without <c>*.</c>.</summary>
    public byte[] Name => name;

    public bool IsSuffix => isSuffix;

    public override bool Matches(ReadOnlySpan<byte> value) =>
        HostPort.TryParse(value, out var resource) && MatchesHost(resource.Host) && (ports is null || ports.Contains(resource.Port));

    public override string Describe() =>
        "{\"host\":" + JsonQuote.Of((IsSuffix ? "*." : "") + Encoding.ASCII.GetString(Name)) + (ports is null ? "}" : ",\"port\":" + ports.Describe() + "}");

    private bool MatchesHost(ReadOnlySpan<byte> host)
    {
        if (!IsSuffix)
        {
            return Ascii.EqualsIgnoreCase(host, Name);
        }

        var below = host.Length - Name.Length - 1;
        return below > 0 && host[below] == '.' && Ascii.EqualsIgnoreCase(host[(below + 1)..], Name);
    }
}
