using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>The digest a verdict must cite: SHA-256 over the canonical JSON of everything the ask says and who the kernel says asks.</summary>
internal static class AskDigest
{
    private const int Version = 1;

    /// <summary><c>sha256:</c> and 64 hex digits, UTF-8.</summary>
    public static byte[] Compute(AskMembers ask)
    {
        var json = new LineBuffer(1024);
        WriteCanonical(ask, json);
        Span<byte> hash = stackalloc byte[32];
        Sha256.Hash(json.Written, hash);
        var digest = new byte[7 + 64];
        "sha256:"u8.CopyTo(digest);
        Hex.Write(hash, digest.AsSpan(7));
        return digest;
    }

    /// <summary>RFC 8785 orders members by name: action, argv, as, details, project, reason, resource, title, uid, v, via.</summary>
    internal static void WriteCanonical(AskMembers ask, LineBuffer json)
    {
        json.Raw("{\"action\":"u8);
        json.String(ask.Action);
        if (ask.HasArgv)
        {
            json.Raw(",\"argv\":"u8);
            AskJson.WriteArgv(ask, json);
        }

        AskJson.WriteMember(ask, AskMember.As, ",\"as\":"u8, json);
        if (ask.HasDetails)
        {
            json.Raw(",\"details\":"u8);
            AskJson.WriteDetails(ask, json, AskJson.CanonicalOrder(ask));
        }

        AskJson.WriteMember(ask, AskMember.Project, ",\"project\":"u8, json);
        AskJson.WriteMember(ask, AskMember.Reason, ",\"reason\":"u8, json);
        AskJson.WriteMember(ask, AskMember.Resource, ",\"resource\":"u8, json);
        AskJson.WriteMember(ask, AskMember.Title, ",\"title\":"u8, json);
        json.Raw(",\"uid\":"u8);
        json.Number(ask.Uid);
        json.Raw(",\"v\":"u8);
        json.Number(Version);
        AskJson.WriteMember(ask, AskMember.Via, ",\"via\":"u8, json);
        json.Raw((byte)'}');
    }
}
