using System.Globalization;
using System.Net.Sockets;

namespace UnixPeers;

/// <content>systemd: LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES.</content>
public static partial class InheritedSockets
{
    // SD_LISTEN_FDS_START
    private const int FirstDescriptor = 3;

    /// <param name="environment">Where the variables are; all LISTEN_* are removed from it, ours or not.</param>
    /// <param name="pid">Who we are.</param>
    /// <param name="first">The number of the first descriptor: 3 but in tests.</param>
    internal static List<InheritedSocket> TakeSystemd(IServiceEnvironment environment, int pid, int first)
    {
        string? owner = environment.Get("LISTEN_PID");
        string? count = environment.Get("LISTEN_FDS");
        string? names = environment.Get("LISTEN_FDNAMES");
        ServiceEnvironment.RemoveAll(environment, "LISTEN_");

        // Not meant for us: a parent was activated and forgot to clean up. The numbers then mean anything.
        if (owner is null || count is null || owner != pid.ToString(CultureInfo.InvariantCulture))
        {
            return [];
        }

        return Adopt(first, ParseCount(count, first), names);
    }

    private static List<InheritedSocket> Adopt(int first, int count, string? names)
    {
        // All before the first is looked at: whatever goes wrong with one, no child gets another.
        int open = 0;
        while (open < count && StrayDescriptors.TryCloseOnExec(first + open))
        {
            open++;
        }

        string[] given = string.IsNullOrEmpty(names) ? [] : names.Split(':');
        string? problem = given.Length != 0 && given.Length != count
            ? $"LISTEN_FDNAMES has {given.Length} names for {count} sockets: '{names}'. Give each socket unit one FileDescriptorName=."
            : null;
        List<InheritedSocket> sockets = new(open);
        for (int i = 0; i < open; i++)
        {
            string name = problem is null && given.Length != 0 && given[i].Length != 0 ? given[i] : InheritedSocket.UnknownName;
            if (TryWrap(first + i, name, sockets) is { } reason)
            {
                problem ??= Describe(first + i, name, reason);
            }
        }

        if (open < count)
        {
            problem ??= Describe(first + open, given.Length == 0 ? InheritedSocket.UnknownName : given[open], "it is not open");
        }

        return problem is null ? sockets : throw new InheritedSocketException(problem, sockets);
    }

    private static int ParseCount(string text, int first)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= int.MaxValue - first
            ? count
            : throw new InheritedSocketException(
                $"LISTEN_FDS is not a number of descriptors: '{text}'. It is set by the service manager; unset it to start without.");
    }

    private static string? TryWrap(int descriptor, string name, List<InheritedSocket> sockets)
    {
        if (SocketFacts.NotAListener(descriptor) is { } reason)
        {
            return reason;
        }

        sockets.Add(new InheritedSocket(name, new SafeSocketHandle(descriptor, ownsHandle: true)));
        return null;
    }

    private static string Describe(int descriptor, string name, string reason) =>
        $"Inherited descriptor {descriptor} ('{name}'): {reason}. "
        + "Hand over listening Unix stream sockets only (ListenStream= with a path, Accept=no).";
}
