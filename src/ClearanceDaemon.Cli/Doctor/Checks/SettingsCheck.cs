using System.Globalization;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>
/// The settings file could have been written by nobody but us and root, and is older than the daemon that read it. What is in it
/// the daemon checks when it starts: one that could not tells every caller why.
/// </summary>
internal sealed class SettingsCheck : ICheck
{
    public string Name => "settings";

    public void Look(Patient patient, Findings findings)
    {
        if (patient.Places.Config is not { } config)
        {
            findings.NotLooked("", "HOME is not set to an absolute path");
            return;
        }

        var file = Path.Combine(config, "clearanced.json");
        if (!Path.Exists(file) && new FileInfo(file).LinkTarget is null)
        {
            findings.Summary = $"none at {file}: the defaults are in force";
            return;
        }

        findings.Summary = file;
        if (TrustedPath.Refusal(file) is { } refusal)
        {
            var (what, next) = Sentences.Of(refusal, $"chmod go-w {file}");
            findings.Error(file, $"{what}; the daemon does not start with it", next);
            return;
        }

        if (patient.Daemon.Status is { } status && !patient.Places.ByHand
            && Timestamp.TryParse(status.Started, out var started) && Changed(file) is var changed && changed > started)
        {
            findings.Note(
                file,
                string.Create(CultureInfo.InvariantCulture, $"written {Patient.Words(TimeSpan.FromMilliseconds(changed - started))} after the daemon started, which read it as it was"),
                "systemctl --user restart clearanced.service");
        }
    }

    private static long Changed(string file) => new DateTimeOffset(File.GetLastWriteTimeUtc(file)).ToUnixTimeMilliseconds();
}
