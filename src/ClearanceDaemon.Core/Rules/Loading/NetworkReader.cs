using System.Globalization;
using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>Reads <c>host</c>, <c>cidr</c> and <c>port</c>.</summary>
internal sealed class NetworkReader(DocumentText text, DocumentValueReader values)
{
    public ValueMatcher? ReadHost(DocumentJson json, DocumentJson? port)
    {
        var ports = ReadPorts(port);
        if (values.String(json, "host", RuleLimits.HostBytes + 3) is not { } host)
        {
            return null;
        }

        // An address has several spellings, which only cidr knows to be equal.
        var bare = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        if (IpLiteral.TryParse(Encoding.UTF8.GetBytes(bare), out var address))
        {
            return new CidrMatcher(bare, address, 128, ports);
        }

        var isSuffix = host.StartsWith("*.", StringComparison.Ordinal);
        var name = Encoding.UTF8.GetBytes((isSuffix ? host[2..] : host).ToLowerInvariant());
        name = name.AsSpan().EndsWith("."u8) ? name[..^1] : name;
        if (!HostName.IsValid(name) || name.Length > RuleLimits.HostBytes)
        {
            text.Problem(json.Start, "host is a name such as \"api.example.org\", or \"*.example.org\" for every name below it, in ASCII (xn--… for others), without a port; for any host use {\"glob\":\"*:443\"}");
            return null;
        }

        return new HostMatcher(name, isSuffix, ports);
    }

    public CidrMatcher? ReadCidr(DocumentJson json, DocumentJson? port)
    {
        var ports = ReadPorts(port);
        var slash = json.IsString ? json.Text.LastIndexOf('/') : -1;
        if (slash < 0 ||
            json.Text.Contains('%', StringComparison.Ordinal) ||
            !IpLiteral.TryParse(Encoding.UTF8.GetBytes(json.Text[..slash]), out var address) ||
            !TryNumber(json.Text[(slash + 1)..], out var prefix) ||
            prefix > (json.Text.Contains(':', StringComparison.Ordinal) ? 128 : 32))
        {
            text.Problem(json.Start, "cidr is a network such as \"10.0.0.0/8\" or \"2001:db8::/32\"; a single address is \"10.0.0.1/32\"");
            return null;
        }

        prefix += json.Text.Contains(':', StringComparison.Ordinal) ? 0 : IpLiteral.MappedPrefixBits;
        if ((address & CidrMatcher.Mask(prefix)) != address)
        {
            text.Problem(json.Start, $"the address of {json.Text} has bits set beyond its first {json.Text[(slash + 1)..]}; write the network's own address, or a longer prefix");
            return null;
        }

        return new(json.Text, address, prefix, ports);
    }

    private PortSet? ReadPorts(DocumentJson? json)
    {
        if (json is null)
        {
            return null;
        }

        var ranges = new List<(ushort First, ushort Last)>();
        foreach (var item in json.IsArray ? values.Items(json, "port") : [json])
        {
            if (TryRange(item.Text, out var range) && !(item.IsString && !item.Text.Contains('-', StringComparison.Ordinal)))
            {
                ranges.Add(range);
            }
            else
            {
                text.Problem(item.Start, "port is a number from 0 to 65535, a range such as \"1-1024\", or an array of these");
            }
        }

        return new(ranges);
    }

    private static bool TryRange(string item, out (ushort First, ushort Last) range)
    {
        var dash = item.IndexOf('-', StringComparison.Ordinal);
        range = default;
        if (!TryNumber(dash < 0 ? item : item[..dash], out var first) || !TryNumber(dash < 0 ? item : item[(dash + 1)..], out var last))
        {
            return false;
        }

        range = ((ushort)first, (ushort)last);
        return first <= last && last <= ushort.MaxValue;
    }

    private static bool TryNumber(string digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (digits.Length == 1 || digits[0] != '0');
}
