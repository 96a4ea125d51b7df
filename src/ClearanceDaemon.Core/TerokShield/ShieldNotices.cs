using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>Puts what happened to containers and their shields on record, and then tells everyone who watches. For the reactor's thread.</summary>
internal sealed class ShieldNotices(AuditLog audit, EventHub hub)
{
    private readonly List<ShieldReport.Notice> _recorded = [];
    private readonly LineBuffer _scratch = new();

    public void Record(ShieldReport.Notice notice, PeerCredentials reporter)
    {
        var record = audit.Begin("shield"u8).Text("via"u8, ShieldIntake.ViaUtf8).Number("uid"u8, reporter.Uid);
        if (reporter.Pid is { } pid)
        {
            record.Number("pid"u8, pid);
        }

        record.Text("report"u8, notice.Kind.Name()).Text("container"u8, Encoding.UTF8.GetBytes(notice.Container));
        if (notice.Reason is { } reason)
        {
            record.Text("reason"u8, Encoding.UTF8.GetBytes(reason));
        }

        if (notice.Dossier.Members.Count > 0)
        {
            _scratch.Truncate(0);
            notice.Dossier.WriteTo(_scratch);
            record.Raw("dossier"u8, _scratch.Written);
        }

        record.End();
        _recorded.Add(notice);
    }

    /// <summary>Told after each commit whether the records before it were written.</summary>
    public void OnCommit(bool written)
    {
        if (written)
        {
            _recorded.ForEach(Tell);
        }

        _recorded.Clear();
    }

    private void Tell(ShieldReport.Notice notice)
    {
        var data = hub.Begin("shield"u8);
        data.Raw("{\"handler\":"u8);
        data.String(ShieldIntake.ViaUtf8);
        data.Raw(",\"kind\":"u8);
        data.String(notice.Kind.Name());
        data.Raw(",\"container\":"u8);
        data.String(Encoding.UTF8.GetBytes(notice.Container));
        if (notice.Reason is { } reason)
        {
            data.Raw(",\"reason\":"u8);
            data.String(Encoding.UTF8.GetBytes(reason));
        }

        if (notice.Dossier.Members.Count > 0)
        {
            data.Raw(",\"dossier\":"u8);
            notice.Dossier.WriteTo(data);
        }

        data.Raw((byte)'}');
        hub.End();
    }
}
