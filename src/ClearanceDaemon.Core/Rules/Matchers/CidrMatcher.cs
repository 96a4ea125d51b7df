namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>
/// Matches a resource whose host is an IP literal within a network. An IPv4-mapped IPv6 address is the IPv4 address it
/// holds, in the rule and in the ask; a name never matches, whatever it resolves to.
/// </summary>
internal sealed class CidrMatcher : ValueMatcher
{
    private readonly string _text;
    private readonly UInt128 _network;
    private readonly int _prefix;
    private readonly PortSet? _ports;

    /// <param name="text">The network as written, for descriptions.</param>
    /// <param name="network">128 bits, IPv4 as mapped, no bits set beyond the prefix.</param>
    /// <param name="prefix">Bits of the 128 that count: 96 more than an IPv4 network says.</param>
    /// <param name="ports">Null for every port and none.</param>
    public CidrMatcher(string text, UInt128 network, int prefix, PortSet? ports)
    {
        _text = text;
        _network = network;
        _prefix = prefix;
        _ports = ports;
    }

    public static UInt128 Mask(int prefix) => prefix == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - prefix);

    public override bool Matches(ReadOnlySpan<byte> value) =>
        HostPort.TryParse(value, out var resource) &&
        IpLiteral.TryParse(resource.Host, out var address) &&
        (address & Mask(_prefix)) == _network &&
        (_prefix >= IpLiteral.MappedPrefixBits || !IpLiteral.IsMapped(address)) &&
        (_ports is null || _ports.Contains(resource.Port));

    public override string Describe() =>
        "{\"cidr\":" + JsonQuote.Of(_text) + (_ports is null ? "}" : ",\"port\":" + _ports.Describe() + "}");
}
