namespace UnixPeers.Native;

/// <summary>struct pollfd of poll(2).</summary>
internal struct pollfd
{
    public int fd;
    public short events;
    public short revents;
}
