using System.Globalization;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Where a user's sockets live: <c>$XDG_RUNTIME_DIR</c>, else <c>/run/user/UID</c>; on macOS
/// <c>~/Library/Application Support/Clearance/run</c>. Never a directory that others can write.
/// </summary>
public static class RuntimeDirectory
{
    private const string Label = "runtime directory";

    /// <summary>The directory, checked to be ours, 0700 and no link (on macOS: the path, to be made by <see cref="PrivateDirectory.Ensure(string, string, bool)"/>).</summary>
    /// <exception cref="UnixSocketException">Refused, with the reason; there is no fallback.</exception>
    public static string Locate() => OperatingSystem.IsMacOS()
        ? MacOSPath(Environment.GetEnvironmentVariable("HOME"))
        : Locate(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), LibC.geteuid());

    /// <summary>The path of <paramref name="basename"/> in the directory; nothing is created.</summary>
    /// <param name="basename">One path component, such as "clearance".</param>
    /// <exception cref="UnixSocketException">As of <see cref="Locate()"/>; InvalidAddress when the name is not one component.</exception>
    public static string RuntimePath(string basename)
    {
        ArgumentNullException.ThrowIfNull(basename);
        if (basename is "" or "." or ".." || basename.AsSpan().IndexOfAny('/', '\0') >= 0)
        {
            throw new UnixSocketException(UnixSocketFault.InvalidAddress, Label, basename, "the name is not one path component. Give a plain name.");
        }

        return $"{Locate()}/{basename}";
    }

    internal static string Locate(string? xdgRuntimeDir, uint uid)
    {
        var isSet = !string.IsNullOrEmpty(xdgRuntimeDir);
        var path = isSet ? xdgRuntimeDir! : string.Create(CultureInfo.InvariantCulture, $"/run/user/{uid}");
        if (!path.StartsWith('/'))
        {
            throw new UnixSocketException(UnixSocketFault.Refused, Label, path, "XDG_RUNTIME_DIR is not an absolute path. Set it to a directory of yours with mode 0700.");
        }

        try
        {
            PrivateDirectory.Ensure(path, Label, owned: false);
        }
        catch (UnixSocketException error) when (!isSet)
        {
            throw new UnixSocketException(UnixSocketFault.Refused, Label, path,
                $"XDG_RUNTIME_DIR is not set and this can't stand in ({error.Message}). Log in through the system's session manager, or set XDG_RUNTIME_DIR to a directory of yours with mode 0700.");
        }
        catch (UnixSocketException error) when (error.Fault == UnixSocketFault.CannotCreate)
        {
            throw new UnixSocketException(UnixSocketFault.Refused, Label, path,
                "XDG_RUNTIME_DIR names a directory that is not there. Set it to a directory of yours with mode 0700.");
        }

        return Path.TrimEndingDirectorySeparator(path);
    }

    internal static string MacOSPath(string? home) => string.IsNullOrEmpty(home) || !home.StartsWith('/')
        ? throw new UnixSocketException(UnixSocketFault.Refused, Label, home ?? "", "HOME is not an absolute path. Set it to your home directory.")
        : $"{Path.TrimEndingDirectorySeparator(home)}/Library/Application Support/Clearance/run";
}
