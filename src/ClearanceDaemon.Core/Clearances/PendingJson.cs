using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Writes a pending ask as every surface is shown it: what is asked, what the asker claims, what the kernel vouches for
/// and what was seen, each in an object of its own.
/// </summary>
internal static class PendingJson
{
    public static void Write(PendingAsk pending, LineBuffer json)
    {
        json.Raw("{\"id\":"u8);
        Text(json, pending.Id.ToString());
        json.Raw(",\"digest\":"u8);
        json.String(pending.Digest);
        json.Raw(",\"asked\":"u8);
        Text(json, Time(pending.Asked));
        json.Raw(",\"deadline\":"u8);
        Text(json, Time(pending.Deadline.Wall));
        json.Raw(",\"times\":"u8);
        json.Number(pending.Times);
        json.Raw(",\"waiting\":"u8);
        json.Number(pending.Waiters.Count);
        json.Raw(",\"ask\":"u8);
        WriteAsk(pending.Ask, json);
        json.Raw(",\"claimed\":"u8);
        WriteClaimed(pending.Ask, json);
        json.Raw(",\"verified\":"u8);
        WriteVerified(pending.Asker.Credentials, pending.Ask.Via, json);
        json.Raw(",\"observed\":"u8);
        PrincipalJson.Write(pending.Principal, json);
        WriteTerms(pending, json);
        json.Raw((byte)'}');
    }

    public static void WriteVerified(PeerCredentials peer, ReadOnlySpan<byte> via, LineBuffer json)
    {
        json.Raw("{\"uid\":"u8);
        json.Number(peer.Uid);
        json.Raw(",\"gid\":"u8);
        json.Number(peer.Gid);
        if (peer.Pid is { } pid)
        {
            json.Raw(",\"pid\":"u8);
            json.Number(pid);
        }

        json.Raw(",\"via\":"u8);
        json.String(via);
        json.Raw((byte)'}');
    }

    internal static string Time(DateTimeOffset time) => Timestamp.Format(time.ToUnixTimeMilliseconds());

    internal static void Text(LineBuffer json, string text) => json.String(Encoding.UTF8.GetBytes(text));

    private static void WriteAsk(AskMembers ask, LineBuffer json)
    {
        json.Raw("{\"action\":"u8);
        json.String(ask.Action);
        AskJson.WriteMember(ask, AskMember.Resource, ",\"resource\":"u8, json);
        if (ask.HasDetails)
        {
            json.Raw(",\"details\":"u8);
            AskJson.WriteDetails(ask, json);
        }

        if (ask.HasArgv)
        {
            json.Raw(",\"argv\":"u8);
            AskJson.WriteArgv(ask, json);
        }

        AskJson.WriteMember(ask, AskMember.As, ",\"as\":"u8, json);
        json.Raw((byte)'}');
    }

    private static void WriteClaimed(AskMembers ask, LineBuffer json)
    {
        var start = json.Length;
        AskJson.WriteMember(ask, AskMember.Title, ",\"title\":"u8, json);
        AskJson.WriteMember(ask, AskMember.Reason, ",\"reason\":"u8, json);
        AskJson.WriteMember(ask, AskMember.Project, ",\"project\":"u8, json);
        if (json.Length == start)
        {
            json.Raw((byte)'{');
        }
        else
        {
            json.Replace(start, 1, "{"u8);
        }

        json.Raw((byte)'}');
    }

    private static void WriteTerms(PendingAsk pending, LineBuffer json)
    {
        var rule = pending.Rule;
        json.Raw(",\"scopes\":"u8);
        AskJson.WriteNames(Grants.GrantScope.NamesOf(rule?.Scopes ?? GrantScopes.All), json);
        Optional(json, ",\"ceiling\":"u8, rule?.Ceiling is { } ceiling ? Duration.Format(ceiling) : null);
        Optional(json, ",\"rule\":"u8, rule?.Id);
        Optional(json, ",\"ruleReason\":"u8, rule?.Reason);
        Optional(json, ",\"key\":"u8, pending.Key);
        if (pending.Changed is { } changed)
        {
            json.Raw(",\"changed\":"u8);
            AskJson.WriteNames(changed, json);
        }

        if (pending.Failed is { } failed)
        {
            json.Raw(",\"failed\":"u8);
            json.Raw(JsonSerializer.SerializeToUtf8Bytes(Describe(failed), ProtocolJson.Default.FailedEffect));
        }
    }

    private static FailedEffect Describe(EffectFailure failed) => new()
    {
        Handler = failed.Handler,
        Outcome = Encoding.ASCII.GetString(failed.Outcome.Name()),
        By = Encoding.UTF8.GetString(failed.By),
        Time = Time(failed.Time),
        Attempts = failed.Attempts,
        Failure = failed.Failure,
    };

    /// <summary>A member that may be absent; its name comes with comma and colon.</summary>
    internal static void Optional(LineBuffer json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.Raw(name);
            Text(json, text);
        }
    }
}
