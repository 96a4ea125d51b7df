using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>Directories and files that have to be ours alone, for every check that looks at some.</summary>
internal static class PrivatePlace
{
    /// <summary>A directory that is there: no link, ours, 0700, in a place that nobody but us and root can change.</summary>
    /// <returns>Whether it is well.</returns>
    public static bool Look(Findings findings, string directory, string label)
    {
        try
        {
            PrivateDirectory.Ensure(directory, label, owned: false);
            return true;
        }
        catch (UnixSocketException e)
        {
            var (what, next) = Sentences.Of(e, $"chmod 0700 {directory}, if it is yours; else find out who put it there");
            findings.Error(directory, what, next);
            return false;
        }
    }

    /// <summary>A regular file that is there: no link, ours, 0600.</summary>
    /// <returns>Whether it is well.</returns>
    public static bool LookAtFile(Findings findings, string file)
    {
        if (PrivateFile.Refusal(file) is not { } refusal)
        {
            return true;
        }

        findings.Error(file, refusal, $"chmod 0600 {file}, if it is yours; else find out who put it there");
        return false;
    }
}
