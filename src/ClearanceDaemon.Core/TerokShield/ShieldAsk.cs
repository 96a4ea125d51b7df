using System.Globalization;
using System.Text;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>
/// Puts a connection that was held back as an ask. Nothing is in it that differs within a burst (the id, one address of
/// several that a name has), so that a burst is one prompt.
/// </summary>
internal static class ShieldAsk
{
    private const int Tcp = 6;
    private const int Udp = 17;
    private static readonly string[] First = ["task", "name"];

    /// <summary>Refills <paramref name="ask"/>.</summary>
    public static void Fill(ShieldReport.Pending report, uint uid, AskMembers ask)
    {
        ask.Clear();
        ask.Uid = uid;
        ask.Set(AskMember.Action, "net.connect"u8);
        ask.Set(AskMember.Via, ShieldIntake.ViaUtf8);
        Set(ask, AskMember.Resource, Resource(report.Domain ?? report.Dest, report.Port));
        AddDetails(report, ask);
        Set(ask, AskMember.Title, $"container {report.Container}");
        if (Project(report.Dossier) is { } project)
        {
            Set(ask, AskMember.Project, project);
        }

        if (Reason(report.Dossier) is { } reason)
        {
            Set(ask, AskMember.Reason, CutText.ToFit(reason, ProtocolLimits.ReasonBytes));
        }
    }

    private static void Set(AskMembers ask, AskMember member, string text) => ask.Set(member, Encoding.UTF8.GetBytes(text));

    private static string Resource(string host, int port)
    {
        if (port == 0)
        {
            return host;
        }

        return host.Contains(':', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"[{host}]:{port}")
            : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
    }

    private static void AddDetails(ShieldReport.Pending report, AskMembers ask)
    {
        ask.AddDetail("container"u8, Encoding.UTF8.GetBytes(report.Container));
        switch (report.Proto)
        {
            case null:
                break;
            case Tcp:
                ask.AddDetail("proto"u8, "tcp"u8);
                break;
            case Udp:
                ask.AddDetail("proto"u8, "udp"u8);
                break;
            case { } number:
                ask.AddDetail("proto"u8, DetailKind.Integer, number);
                break;
        }

        if (report.Domain is null)
        {
            ask.AddDetail("dest"u8, Encoding.UTF8.GetBytes(report.Dest));
        }
    }

    private static string? Project(Dossier dossier) => Known(dossier).Where(static member => member.Name == "project").Select(static member => member.Value).FirstOrDefault();

    private static string? Reason(Dossier dossier)
    {
        var said = Known(dossier).Where(static member => member.Name != "project").OrderBy(static member => Place(member.Name))
            .Select(static member => $"{member.Name}: {member.Value}").ToArray();
        return said.Length == 0 ? null : string.Join(", ", said);
    }

    private static IEnumerable<DossierMember> Known(Dossier dossier) => dossier.Members.Where(static member => !member.IsNull && member.Value.Length > 0);

    // A stable sort: the others keep their order behind these.
    private static int Place(string name) => Array.IndexOf(First, name) is >= 0 and var place ? place : First.Length;
}
