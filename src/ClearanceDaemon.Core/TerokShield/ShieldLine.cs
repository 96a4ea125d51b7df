using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>
/// Reads one line of terok-shield: a JSON object without an envelope. Members it does not use may be anything, for newer
/// releases have more of them; those it uses are held to what they should be.
/// </summary>
internal sealed class ShieldLine
{
    private static readonly ShieldFault Blank = new ShieldFault.Blank();
    private static readonly ShieldFault Malformed = new ShieldFault.Malformed();
    private static readonly ShieldFault NotAnObject = new ShieldFault.NotAnObject();
    private byte[] _scratch = new byte[1024];

    /// <summary>Reads a line without its end; null and the report, or what is wrong with it.</summary>
    public ShieldFault? Read(ReadOnlySpan<byte> line, out ShieldReport? report)
    {
        report = null;
        if (line.Trim(" \t\r"u8).IsEmpty)
        {
            return Blank;
        }

        if (!JsonCursor.IsValid(line))
        {
            return Malformed;
        }

        if (_scratch.Length < line.Length)
        {
            _scratch = new byte[line.Length * 2];
        }

        var json = new JsonCursor(line, _scratch);
        return json.TryEnterObject() ? ReadObject(line, out report) : NotAnObject;
    }

    private ShieldFault? ReadObject(ReadOnlySpan<byte> line, out ShieldReport? report)
    {
        report = null;
        if (!TryFindType(line, out var type))
        {
            return new ShieldFault.BadMember("type");
        }

        if (type.SequenceEqual("pending"u8))
        {
            return ReadPending(line, out report);
        }

        return ShieldKinds.TryParse(type, out var kind) ? ReadNotice(line, kind, out report) : new ShieldFault.Unknown(Encoding.UTF8.GetString(type));
    }

    // The type may stand behind what it gives a meaning to.
    private bool TryFindType(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> type)
    {
        type = default;
        var json = new JsonCursor(line, _scratch);
        json.TryEnterObject();
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("type"u8))
            {
                return json.TryReadString(out type);
            }

            json.SkipValue();
        }

        return false;
    }

    private ShieldFault? ReadPending(ReadOnlySpan<byte> line, out ShieldReport? report)
    {
        report = null;
        var found = default(PendingMembers);
        var json = new JsonCursor(line, _scratch);
        json.TryEnterObject();
        while (json.NextMember(out var name))
        {
            if (found.Take(name, ref json) is { } bad)
            {
                return new ShieldFault.BadMember(bad);
            }
        }

        if (found.Container is null || found.Destination is null)
        {
            return new ShieldFault.BadMember(found.Container is null ? "container" : "dest");
        }

        report = new ShieldReport.Pending(found.Container, found.Destination, found.Port, found.Proto, found.Domain, found.Dossier ?? Dossier.Empty);
        return null;
    }

    private ShieldFault? ReadNotice(ReadOnlySpan<byte> line, ShieldKind kind, out ShieldReport? report)
    {
        report = null;
        var found = default(NoticeMembers);
        var json = new JsonCursor(line, _scratch);
        json.TryEnterObject();
        while (json.NextMember(out var name))
        {
            if (found.Take(name, ref json) is { } bad)
            {
                return new ShieldFault.BadMember(bad);
            }
        }

        if (found.Container is null)
        {
            return new ShieldFault.BadMember("container");
        }

        report = new ShieldReport.Notice(kind, found.Container, found.Reason, found.Dossier ?? Dossier.Empty);
        return null;
    }
}
