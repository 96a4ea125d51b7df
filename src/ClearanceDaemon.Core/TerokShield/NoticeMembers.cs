using System.Text;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>The members of a line that tells what happened to a container, as far as they were read.</summary>
internal struct NoticeMembers
{
    public string? Container { get; private set; }

    public string? Reason { get; private set; }

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
            case var n when n.SequenceEqual("reason"u8):
                return TryReason(ref json) ? null : "reason";
            case var n when n.SequenceEqual("dossier"u8):
                var isDossier = ShieldMember.TryDossier(ref json, out var dossier);
                Dossier = dossier;
                return isDossier ? null : "dossier";
            default:
                json.SkipValue();
                return null;
        }
    }

    private bool TryReason(ref JsonCursor json)
    {
        if (ShieldMember.IsNull(ref json))
        {
            return true;
        }

        if (!json.TryReadString(out var text))
        {
            return false;
        }

        Reason = text.IsEmpty ? null : CutText.ToFit(Encoding.UTF8.GetString(text), ProtocolLimits.ReasonBytes);
        return true;
    }
}
