using System.Globalization;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Grants;

/// <summary>A grant as JSON: as the file keeps it, and as operators see it.</summary>
internal static class GrantJson
{
    public const int Version = 1;

    /// <summary>The whole file.</summary>
    public static LineBuffer File(IEnumerable<Grant> grants, DateTimeOffset latestWall)
    {
        var json = new LineBuffer(4096);
        json.Raw("{\"version\":1,\"latestWall\":"u8);
        Time(json, latestWall);
        json.Raw(",\"grants\":["u8);
        var separator = "\n"u8;
        foreach (var grant in grants)
        {
            json.Raw(separator);
            Write(grant, json);
            separator = ",\n"u8;
        }

        json.Raw("\n]}\n"u8);
        return json;
    }

    public static void Write(Grant grant, LineBuffer json)
    {
        json.Raw("{\"id\":\""u8);
        json.Raw(grant.By.AsSpan("grant:".Length));
        json.Raw("\",\"v\":1,\"verdict\":"u8);
        Ascii(json, Word(grant.Verdict));
        json.Raw(",\"subject\":{\"uid\":"u8);
        json.Number(grant.Uid);
        json.Raw(",\"via\":"u8);
        json.String(grant.Via);
        json.Raw("},\"match\":"u8);
        GrantMatchJson.Write(grant.Match, json);
        json.Raw(",\"scope\":"u8);
        WriteScope(grant.Scope, json);
        json.Raw(",\"made\":"u8);
        Time(json, grant.Made);
        WriteEnds(grant, json);
        if (grant.RuleId is not null)
        {
            json.Raw(",\"rule\":"u8);
            json.String(Encoding.UTF8.GetBytes(grant.RuleId));
        }

        json.Raw(",\"decidedSeq\":"u8);
        json.Number(grant.DecidedSeq);
        json.Raw((byte)'}');
    }

    /// <summary>A grant as <c>grants.list</c> shows it.</summary>
    public static GrantItem Describe(Grant grant)
    {
        var json = new LineBuffer();
        GrantMatchJson.Write(grant.Match, json);
        using var match = JsonDocument.Parse(json.Written.ToArray());
        return new()
        {
            Id = grant.Id.ToString(),
            Verdict = Word(grant.Verdict),
            Subject = new() { Uid = grant.Uid, Via = Encoding.UTF8.GetString(grant.Via) },
            Match = match.RootElement.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value.Clone(), StringComparer.Ordinal),
            Scope = new()
            {
                Kind = grant.Scope.Name,
                Duration = grant.Scope.Duration is { } duration ? Duration.Format(duration) : null,
                Uses = grant.Scope.Uses,
            },
            Made = Timestamp.Format(grant.Made.ToUnixTimeMilliseconds()),
            Expires = grant.ExpiresWall is { } expires ? Timestamp.Format(expires.ToUnixTimeMilliseconds()) : null,
            UsesLeft = grant.UsesLeft,
            Pid = grant.Process?.Pid,
            Rule = grant.RuleId,
        };
    }

    public static string Word(GrantVerdict verdict) => verdict == GrantVerdict.Allow ? VerdictWord.Allow : VerdictWord.Deny;

    private static void WriteScope(in GrantScope scope, LineBuffer json)
    {
        json.Raw("{\"kind\":"u8);
        Ascii(json, scope.Name);
        if (scope.Duration is { } duration)
        {
            json.Raw(",\"duration\":"u8);
            Ascii(json, Duration.Format(duration));
        }

        if (scope.Uses is { } uses)
        {
            json.Raw(",\"uses\":"u8);
            json.Number(uses);
        }

        json.Raw((byte)'}');
    }

    private static void WriteEnds(Grant grant, LineBuffer json)
    {
        if (grant.ExpiresWall is { } expires)
        {
            json.Raw(",\"expiresWall\":"u8);
            Time(json, expires);
        }

        if (grant.Boot is { } boot)
        {
            json.Raw(",\"boot\":{\"id\":"u8);
            Ascii(json, boot.Id);
            if (boot.Expires is { } onBoot)
            {
                json.Raw(",\"expiresBoottime\":"u8);
                json.Number((long)onBoot.TotalMilliseconds);
            }

            json.Raw((byte)'}');
        }

        if (grant.UsesLeft is { } left)
        {
            json.Raw(",\"usesLeft\":"u8);
            json.Number(left);
        }

        if (grant.Process is { } process)
        {
            json.Raw(",\"process\":{\"pid\":"u8);
            json.Number(process.Pid);
            json.Raw(",\"inode\":"u8);
            json.Raw(Encoding.ASCII.GetBytes(process.Inode.ToString(CultureInfo.InvariantCulture)));
            json.Raw((byte)'}');
        }
    }

    private static void Time(LineBuffer json, DateTimeOffset time) => Ascii(json, Timestamp.Format(time.ToUnixTimeMilliseconds()));

    private static void Ascii(LineBuffer json, string text) => json.String(Encoding.UTF8.GetBytes(text));
}
