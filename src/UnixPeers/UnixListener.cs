using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// A listening Unix stream socket that only this user can reach, made by the ritual that the library's README lists
/// step by step. Owns its handle, which is close-on-exec and blocking, and its socket file.
/// </summary>
public sealed class UnixListener : IDisposable
{
    private readonly BoundPath? _bound;
    private int _disposed;

    private UnixListener(SafeSocketHandle handle, UnixAddress address, string label, BoundPath? bound, bool isInherited)
    {
        Handle = handle;
        Address = address;
        Label = label;
        IsInherited = isInherited;
        _bound = bound;
    }

    /// <summary>The listening socket, for accept or for any server that takes a handle. Closed by <see cref="Dispose"/>.</summary>
    public SafeSocketHandle Handle { get; }

    /// <summary>Where it listens.</summary>
    public UnixAddress Address { get; }

    /// <summary>The caller's name for it, as in errors.</summary>
    public string Label { get; }

    /// <summary>Whether it came from a service manager, which keeps the path.</summary>
    public bool IsInherited { get; }

    /// <summary>
    /// Binds and listens. Two programs that start at the same moment on a stale socket are kept apart by an
    /// <see cref="InstanceLock"/> which the caller holds. A listener that is live when looked at is never replaced; without the lock
    /// one that begins to listen between the look and the unlink can be.
    /// </summary>
    /// <param name="address">A path in a private directory, or an abstract name.</param>
    /// <param name="options">Label, backlog and hooks.</param>
    /// <exception cref="UnixSocketException">With the fault, the label, the path and what to do.</exception>
    public static UnixListener Bind(UnixAddress address, UnixListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Backlog);
        WarnIfLong(address, options);
        if (address.Path is { } path)
        {
            PrivateDirectory.Ensure(DirectoryOf(path), options.Label, options.OwnsDirectory);
            BoundPath.Clear(path, address, options.Label);
        }

        BoundPath? bound = null;
        var socket = CreateSocket(address, options);
        try
        {
            bound = BindSocket(socket, address, options.Label);
            ListenerProbe.ListenAndMeet(socket, address, options);
            return new UnixListener(socket, address, options.Label, bound, isInherited: false);
        }
        catch
        {
            bound?.Remove();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes over a listening socket of a service manager: sets close-on-exec at once, checks that it is a listening
    /// Unix stream socket and that its file and directories are as <see cref="Bind"/> would have made them. Owns the
    /// handle when it returns (it stays the caller's when it throws); never removes the path.
    /// </summary>
    /// <exception cref="UnixSocketException">Refused, with the mode found and the unit's setting to change.</exception>
    public static UnixListener Adopt(SafeSocketHandle inherited, UnixListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(inherited);
        ArgumentNullException.ThrowIfNull(options);
        NativeSocket.SetCloseOnExec(inherited, true);
        var address = AddressOf(inherited, options.Label);
        if (address.Path is { } path)
        {
            WarnIfLong(address, options);
            PrivateDirectory.Ensure(DirectoryOf(path), options.Label, owned: false);
            BoundPath.Check(path, options.Label, "Set SocketMode=0600 and DirectoryMode=0700 in the socket unit and restart it.");
        }

        return new UnixListener(inherited, address, options.Label, bound: null, isInherited: true);
    }

    /// <summary>
    /// A listening socket at an unguessable address in a private directory of its own, to hand to a child process,
    /// which then needs no rights to make one. The descriptor is close-on-exec; start the child while
    /// <see cref="ShareWithChildren"/> is in force and tell it the number.
    /// </summary>
    /// <param name="options">Label, backlog and hooks.</param>
    /// <param name="directory">The directory, to be disposed after the listener; owned by the caller.</param>
    /// <param name="parent">Where to make the directory; default <see cref="RuntimeDirectory.Locate()"/>.</param>
    public static UnixListener ForChild(UnixListenerOptions options, out EphemeralDirectory directory, string? parent = null)
    {
        var made = EphemeralDirectory.Create(parent ?? RuntimeDirectory.Locate(), "child-");
        try
        {
            var listener = Bind(UnixAddress.FromPath($"{made.Path}/socket"), options);
            directory = made;
            return listener;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Lets children inherit <see cref="Handle"/> until the result is disposed. Every child that any thread starts in
    /// between inherits it as well, so keep it short.
    /// </summary>
    public IDisposable ShareWithChildren() => new SharedDescriptor(Handle);

    /// <summary>Closes the socket; removes its path if it is still the file that was bound here, and never an inherited one.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _bound?.Remove();
            Handle.Dispose();
        }
    }

    private static SafeSocketHandle CreateSocket(UnixAddress address, UnixListenerOptions options)
    {
        var errno = 0;
        var socket = options.AroundSocketCreation is { } around ? around(Create) : Create();
        return !socket.IsInvalid
            ? socket
            : throw UnixSocketException.FromErrno(options.Label, address.ToString(), "create a socket", errno, "Raise the limit on open files if that is the reason.");

        SafeSocketHandle Create()
        {
            var created = NativeSocket.Create(nonBlocking: false);
            errno = Marshal.GetLastPInvokeError();
            return created;
        }
    }

    private static BoundPath? BindSocket(SafeSocketHandle socket, UnixAddress address, string label)
    {
        if (address.Path is { } path)
        {
            var bound = BoundPath.Bind(socket, path, address, label);
            BoundPath.Check(path, label, "Find out who changes it, then start again.");
            return bound;
        }

        var errno = NativeSocket.Bind(socket, address);
        if (errno == SystemNumbers.Current.EADDRINUSE)
        {
            throw new UnixSocketException(UnixSocketFault.InUse, label, address.ToString(),
                "already running: the abstract name is taken, perhaps by another user. Stop its owner, or choose another name.");
        }

        return errno == 0 ? null : throw UnixSocketException.FromErrno(label, address.ToString(), "bind the name", errno, "Choose another name.");
    }

    private static UnixAddress AddressOf(SafeSocketHandle socket, string label)
    {
        if (SocketFacts.NotAListener((int)socket.DangerousGetHandle()) is { } refusal)
        {
            throw NotListening(socket, label, refusal);
        }

        Span<byte> bytes = stackalloc byte[SocketAddressBytes.MaxBytes];
        var length = (uint)bytes.Length;
        if (LibC.getsockname_bytes(socket, bytes, ref length) != 0)
        {
            throw UnixSocketException.FromErrno(label, "", "read the socket's address", Marshal.GetLastPInvokeError(), "Restart the socket unit.");
        }

        var name = SocketAddressBytes.Name(bytes[..(int)length], out var isAbstract);
        if (!isAbstract && !name.StartsWith("/"u8))
        {
            throw NotListening(socket, label, "its address is not an absolute path");
        }

        return isAbstract ? UnixAddress.FromAbstract(name) : UnixAddress.FromPath(Encoding.UTF8.GetString(name), label);
    }

    private static UnixSocketException NotListening(SafeSocketHandle socket, string label, string what) =>
        new(UnixSocketFault.Refused, label, $"descriptor {socket.DangerousGetHandle()}", $"{what}. Use ListenStream= with an absolute path in the socket unit.");

    private static void WarnIfLong(UnixAddress address, UnixListenerOptions options)
    {
        if (!address.IsAbstract && address.Name.Length > UnixAddress.WarnPathBytes)
        {
            options.Warn?.Invoke($"{options.Label} {address}: the path has {address.Name.Length} bytes; over {UnixAddress.WarnPathBytes} it does not fit every system.");
        }
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(path) ?? "/";
}
