using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Waits for the end of standard input: a closed pipe, or the terminal's end-of-file key. A file or /dev/null has none: jobs run with it for long.</summary>
internal static class InputEnd
{
    private const short POLLIN = 1;
    private const short POLLHUP = 16;

    /// <returns>True at the end; false when the input is of a kind that does not end.</returns>
    public static bool Wait(int input)
    {
        Span<byte> discarded = stackalloc byte[256];
        while (true)
        {
            var entry = new pollfd { fd = input, events = POLLIN };
            if (LibC.poll(ref entry, 1, Timeout.Infinite) < 0)
            {
                continue;
            }

            if ((entry.revents & POLLIN) == 0)
            {
                return (entry.revents & POLLHUP) != 0;
            }

            if (LibC.read(input, discarded, (nuint)discarded.Length) <= 0)
            {
                return (entry.revents & POLLHUP) != 0 || LibC.isatty(input) == 1;
            }
        }
    }
}
