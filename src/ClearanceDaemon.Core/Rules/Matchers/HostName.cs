using System.Buffers;

namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Says what a host name may look like: ASCII labels of letters, digits, <c>-</c> and <c>_</c>, none empty.</summary>
internal static class HostName
{
    private static readonly SearchValues<byte> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."u8);

    public static bool IsValid(ReadOnlySpan<byte> host) =>
        !host.IsEmpty && host[0] != '.' && host[^1] != '.' && !host.ContainsAnyExcept(Allowed) && host.IndexOf(".."u8) < 0;
}
