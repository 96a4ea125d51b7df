using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>The members of a <c>pending</c> line, as far as they were read.</summary>
internal struct PendingMembers
{
    private const int Tcp = 6;
    private const int Udp = 17;

    public string? Container { get; private set; }

    public string? Destination { get; private set; }

    public int Port { get; private set; }

    public int? Proto { get; private set; }

    public string? Domain { get; private set; }

    public Dossier? Dossier { get; private set; }

    /// <summary>Reads or passes over a member; its name when it is not what it should be.</summary>
    public string? Take(ReadOnlySpan<byte> name, ref JsonCursor json)
    {
        switch (name)
        {
            case var n when n.SequenceEqual("container"u8):
                var isContainer = ShieldMember.TryContainer(ref json, out var container);
                Container = container;
                return isContainer ? null : "container";
            case var n when n.SequenceEqual("dest"u8):
                Destination = json.TryReadString(out var dest) ? HostText.Destination(dest) : null;
                return Destination is not null ? null : "dest";
            case var n when n.SequenceEqual("port"u8):
                return TryPort(ref json) ? null : "port";
            case var n when n.SequenceEqual("proto"u8):
                return TryProto(ref json) ? null : "proto";
            case var n when n.SequenceEqual("domain"u8):
                return TryDomain(ref json) ? null : "domain";
            case var n when n.SequenceEqual("dossier"u8):
                var isDossier = ShieldMember.TryDossier(ref json, out var dossier);
                Dossier = dossier;
                return isDossier ? null : "dossier";
            default:
                json.SkipValue();
                return null;
        }
    }

    private bool TryPort(ref JsonCursor json)
    {
        if (ShieldMember.IsNull(ref json))
        {
            return true;
        }

        var isPort = json.TryReadInteger(out var number) && number is >= 0 and <= ushort.MaxValue;
        Port = isPort ? (int)number : 0;
        return isPort;
    }

    private bool TryProto(ref JsonCursor json)
    {
        if (ShieldMember.IsNull(ref json))
        {
            return true;
        }

        if (json.TryReadString(out var name))
        {
            Proto = name.SequenceEqual("tcp"u8) ? Tcp : name.SequenceEqual("udp"u8) ? Udp : null;
        }
        else if (json.TryReadInteger(out var number) && number is >= 0 and <= byte.MaxValue)
        {
            Proto = (int)number;
        }

        return Proto is not null;
    }

    private bool TryDomain(ref JsonCursor json)
    {
        if (ShieldMember.IsNull(ref json))
        {
            return true;
        }

        if (!json.TryReadString(out var text))
        {
            return false;
        }

        Domain = HostText.Host(text);
        return Domain is not null || text.IsEmpty;
    }
}
