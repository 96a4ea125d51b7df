namespace UnixPeers.Native;

#pragma warning disable CS8981 // the C library's name
/// <summary>struct pollfd of poll(2).</summary>
internal struct pollfd
{
    public int fd;
    public short events;
    public short revents;
}
