using System.Text.Unicode;

namespace ClearanceDaemon.Cli;

/// <summary>
/// The arguments as the kernel has them. .NET replaces what is not UTF-8 by U+FFFD, so that two command lines could
/// become one ask; such an ask is not made.
/// </summary>
internal static class CommandLineBytes
{
    private const char Replacement = '\uFFFD';

    public static void RequireUtf8(string[] args)
    {
        if (args.Any(static arg => arg.Contains(Replacement, StringComparison.Ordinal)) && !AreUtf8())
        {
            throw new UsageException("an argument is not valid UTF-8, and what it says would be lost. Pass its SHA-256 as a --detail instead.");
        }
    }

    private static bool AreUtf8()
    {
        try
        {
            return Utf8.IsValid(File.ReadAllBytes("/proc/self/cmdline"));
        }
        catch (IOException)
        {
            // Without /proc (macOS) it cannot be told apart, and is not asked.
            return false;
        }
    }
}
