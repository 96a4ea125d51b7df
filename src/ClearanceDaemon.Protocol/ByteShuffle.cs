using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// Byte shuffles whose indices are all below 16. <see cref="Vector128.Shuffle(Vector128{byte}, Vector128{byte})"/> is a call
/// of a software fallback in a native build when its indices are no constant, which is most of the cost of hashing a line.
/// </summary>
internal static class ByteShuffle
{
    public static Vector128<byte> Apply(Vector128<byte> bytes, Vector128<byte> indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(bytes, indices) : Vector128.Shuffle(bytes, indices);
}
