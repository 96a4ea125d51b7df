namespace ClearanceDaemon.Native;

/// <summary>
/// The soft limit of open descriptors, raised to the hard one: a connection takes one for itself and one for its pinned
/// process. NativeAOT leaves the limit alone (CoreCLR raises it), and select(2) is not used here.
/// </summary>
internal static partial class DescriptorLimit
{
    /// <summary>What the limit was before; children get it back.</summary>
    public static ulong Original { get; private set; }

    private static ulong _hard;

    /// <summary>What it is now; 0 when it could not be read.</summary>
    public static ulong Current { get; private set; }

    public static void Raise()
    {
        var resource = OperatingSystem.IsMacOS() ? MacNoFile : LinuxNoFile;
        if (LibC.getrlimit(resource, out var limit) != 0)
        {
            return;
        }

        Original = Current = limit.rlim_cur;
        _hard = limit.rlim_max;
        limit.rlim_cur = OperatingSystem.IsMacOS() ? Math.Min(limit.rlim_max, MacOpenMax) : limit.rlim_max;
        if (LibC.setrlimit(resource, limit) == 0)
        {
            Current = limit.rlim_cur;
        }
    }

    /// <summary>For a child that is started before the result is disposed: the limit as it was, and then as it is now.</summary>
    public static IDisposable BackToOriginal() => new Lowered();

    private static void Set(ulong soft)
    {
        if (Current != Original)
        {
            _ = LibC.setrlimit(OperatingSystem.IsMacOS() ? MacNoFile : LinuxNoFile, new() { rlim_cur = soft, rlim_max = _hard });
        }
    }

    private sealed class Lowered : IDisposable
    {
        public Lowered() => Set(Original);

        public void Dispose() => Set(Current);
    }
}
