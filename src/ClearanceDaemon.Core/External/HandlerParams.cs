using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Core.External;

/// <summary>
/// Writes what a handler is sent: the request in canonical form, the digest over exactly those bytes, and what the kernel
/// says of who asks. Whoever gets less than was asked has another digest.
/// </summary>
internal static class HandlerParams
{
    private const int Version = 1;

    /// <summary>A call of a method; null when its parameters hold a number that has no canonical form here.</summary>
    public static HandlerRequest? ForCall(string method, ReadOnlySpan<byte> parameters, Caller caller, bool isTest = false)
    {
        var request = new LineBuffer(parameters.Length + 256);
        request.Raw("{\"method\":"u8);
        Text(request, method);
        request.Raw(",\"params\":"u8);
        if (!CanonicalJson.TryWrite(request, parameters.IsEmpty ? "{}"u8 : parameters))
        {
            return null;
        }

        request.Raw(",\"uid\":"u8);
        request.Number(caller.Credentials.Uid);
        request.Raw(",\"v\":"u8);
        request.Number(Version);
        request.Raw(",\"via\":"u8);
        Text(request, caller.Via);
        request.Raw((byte)'}');
        return Make(request, Digest(request.Written), caller.Credentials, caller.Via, caller.Role == CallerRoles.Operator ? "operator" : "ask", null, isTest);
    }

    /// <summary>An ask to decide, or, with a verdict, one to carry out.</summary>
    public static HandlerRequest ForAsk(AskMembers ask, byte[] digest, PeerCredentials peer, Verdict? verdict = null, bool isTest = false)
    {
        var request = new LineBuffer(ask.Bytes + 256);
        AskDigest.WriteCanonical(ask, request);
        return Make(request, digest, peer, Encoding.UTF8.GetString(ask.Via), "ask", verdict, isTest);
    }

    private static HandlerRequest Make(LineBuffer request, byte[] digest, PeerCredentials peer, string via, string role, Verdict? verdict, bool isTest)
    {
        var json = new LineBuffer(request.Length + 512);
        json.Raw("{\"request\":"u8);
        json.Raw(request.Written);
        json.Raw(",\"digest\":"u8);
        json.String(digest);
        json.Raw(",\"peer\":{\"uid\":"u8);
        json.Number(peer.Uid);
        json.Raw(",\"gid\":"u8);
        json.Number(peer.Gid);
        if (peer.Pid is { } pid)
        {
            json.Raw(",\"pid\":"u8);
            json.Number(pid);
        }

        json.Raw(",\"via\":"u8);
        Text(json, via);
        json.Raw(",\"role\":"u8);
        Text(json, role);
        json.Raw((byte)'}');
        if (verdict is { } given)
        {
            WriteVerdict(given, json);
        }

        json.Raw(isTest ? ",\"test\":true}"u8 : "}"u8);
        return new(json.Written.ToArray(), Encoding.ASCII.GetString(digest), isTest);
    }

    private static void WriteVerdict(in Verdict verdict, LineBuffer json)
    {
        json.Raw(",\"verdict\":{\"outcome\":"u8);
        json.String(verdict.Outcome.Name());
        json.Raw(",\"by\":"u8);
        json.String(verdict.By);
        json.Raw(",\"id\":"u8);
        Text(json, verdict.Id.ToString());
        if (verdict.Reason is { } reason)
        {
            json.Raw(",\"reason\":"u8);
            json.String(reason);
        }

        json.Raw((byte)'}');
    }

    private static byte[] Digest(ReadOnlySpan<byte> canonical)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(canonical, hash);
        return Encoding.ASCII.GetBytes("sha256:" + Hex.Text(hash));
    }

    private static void Text(LineBuffer json, string text) => json.String(Encoding.UTF8.GetBytes(text));
}
