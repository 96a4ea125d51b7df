namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>
/// A resource read as <c>host:port</c>, <c>host</c>, <c>[v6]:port</c>, <c>[v6]</c> or a bare IPv6 address. The host comes
/// without brackets and without a trailing dot. Text that a URL parser might split elsewhere (a slash, an at sign,
/// anything not ASCII) is no host at all, so it satisfies no host rule.
/// </summary>
internal readonly ref struct HostPort
{
    private HostPort(ReadOnlySpan<byte> host, int port)
    {
        Host = host;
        Port = port;
    }

    public ReadOnlySpan<byte> Host { get; }

    /// <summary>−1 when there is none.</summary>
    public int Port { get; }

    public static bool TryParse(ReadOnlySpan<byte> resource, out HostPort value)
    {
        value = default;
        var colon = resource.LastIndexOf((byte)':');
        var colons = colon < 0 ? 0 : resource[..colon].Contains((byte)':') ? 2 : 1;
        bool isHost;
        ReadOnlySpan<byte> host, port = default;
        if (!resource.IsEmpty && resource[0] == '[')
        {
            isHost = TryBrackets(resource, out host, out port);
        }
        else if (colons == 2)
        {
            // No brackets: an address without a port, or nothing we know.
            host = resource;
            isHost = IpLiteral.TryParse(host, out _);
        }
        else
        {
            host = colons == 0 ? resource : resource[..colon];
            port = colons == 0 ? default : resource[(colon + 1)..];
            host = host.EndsWith("."u8) ? host[..^1] : host;
            isHost = HostName.IsValid(host);
        }

        if (!isHost || !TryPort(port, out var number))
        {
            return false;
        }

        value = new HostPort(host, number);
        return true;
    }

    private static bool TryBrackets(ReadOnlySpan<byte> resource, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> port)
    {
        var end = resource.IndexOf((byte)']');
        host = end < 0 ? default : resource[1..end];
        port = end < 0 ? default : resource[(end + 1)..];
        var ends = port.IsEmpty || port[0] == ':';
        port = port.IsEmpty ? port : port[1..];
        return ends && host.Contains((byte)':') && IpLiteral.TryParse(host, out _);
    }

    // Leading zeros are read as the number they are, so that 0443 does not dodge a rule on 443.
    private static bool TryPort(ReadOnlySpan<byte> text, out int port)
    {
        port = text.IsEmpty ? -1 : 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9' || (port = (port * 10) + digit - '0') > ushort.MaxValue)
            {
                return false;
            }
        }

        return true;
    }
}
