namespace UnixPeers;

/// <summary>The shape of getsockopt(2), so that tests can put every failure of the kernel in its place.</summary>
/// <returns>0, or the errno.</returns>
internal delegate int SocketOptionReader(int descriptor, int level, int option, Span<byte> value, out int length);
