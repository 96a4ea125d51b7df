using System.Buffers;
using System.Text;

namespace UnixPeers;

/// <summary>Finds the container in the path of a control group, by the names that container managers give.</summary>
internal static class ContainerName
{
    private const int IdDigits = 64;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <returns>The innermost component that names a container; null where none does.</returns>
    internal static string? InnermostOf(ReadOnlySpan<byte> path)
    {
        bool isKubernetes = path.IndexOf("/kubepods"u8) >= 0;
        while (path.Length > 0)
        {
            int slash = path.LastIndexOf((byte)'/');
            ReadOnlySpan<byte> component = path[(slash + 1)..];
            path = slash < 0 ? [] : path[..slash];
            ReadOnlySpan<byte> parent = path[(path.LastIndexOf((byte)'/') + 1)..];
            if (HasId(component) || IsLxc(component, parent) || (isKubernetes && !component.IsEmpty && parent.StartsWith("pod"u8)))
            {
                return Encoding.UTF8.GetString(component);
            }
        }

        return null;
    }

    // docker-ID.scope, libpod-ID.scope, crio-ID.scope, cri-containerd-ID.scope; SLICE:cri-containerd:ID; with cgroupfs just ID or
    // libpod-ID. A container's monitor (libpod-conmon-ID.scope) is outside of it.
    private static bool HasId(ReadOnlySpan<byte> component)
    {
        if (component.EndsWith(".scope"u8))
        {
            component = component[..^".scope".Length];
        }

        if (component.Length < IdDigits || component[^IdDigits..].ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        ReadOnlySpan<byte> prefix = component[..^IdDigits];
        return prefix.IsEmpty || (prefix[^1] is (byte)'-' or (byte)':' && !prefix.EndsWith("-conmon-"u8));
    }

    private static bool IsLxc(ReadOnlySpan<byte> component, ReadOnlySpan<byte> parent)
    {
        ReadOnlySpan<byte> payload = "lxc.payload."u8;
        return (component.Length > payload.Length && component.StartsWith(payload)) || (parent.SequenceEqual("lxc"u8) && !component.IsEmpty);
    }
}
