using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>What was granted, as far as somebody should look at it again; and its file.</summary>
internal sealed class GrantsCheck : ICheck
{
    /// <summary>More grants without an end than anyone remembers having given.</summary>
    public const int ManyAlways = 50;

    private const string FileName = "grants.json";
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    public string Name => "grants";

    public void Look(Patient patient, Findings findings)
    {
        LookAtFiles(patient, findings);
        if (patient.Daemon.Status is null)
        {
            findings.NotLooked("", patient.Daemon.Silence);
            return;
        }

        using var client = patient.Daemon.Connect();
        var grants = Pages.Grants(client);
        var always = grants.Count(static grant => grant.Item.Scope.Kind == ScopeKind.Always);
        findings.Summary = $"{grants.Count} in force, {always} without an end";
        if (always > ManyAlways)
        {
            findings.Note("always", $"{always} grants have no end, more than {ManyAlways}", "clearance grants, and clearance grants revoke what is not needed; a rule says the same where one can read it");
        }

        var digits = ShortId.Digits(grants.Select(static grant => grant.Id));
        foreach (var (id, grant, _) in grants)
        {
            if (grant.Expires is { } expires && Timestamp.TryParse(expires, out var end) && end - patient.Now is var left && left >= 0 && left <= Soon.TotalMilliseconds)
            {
                findings.Note(id[..digits], $"{grant.Verdict} for {grant.Subject.Via} ends in {Patient.Words(TimeSpan.FromMilliseconds(left))}");
            }
        }
    }

    private static void LookAtFiles(Patient patient, Findings findings)
    {
        if (patient.State is not { } state || !Directory.Exists(state))
        {
            return;
        }

        var file = Path.Combine(state, FileName);
        if (Path.Exists(file))
        {
            PrivatePlace.LookAtFile(findings, file);
        }

        foreach (var aside in Directory.EnumerateFileSystemEntries(state, FileName + ".bad-*").Order(StringComparer.Ordinal))
        {
            findings.Warn(aside, "set aside because it was not as the daemon writes it: its grants are gone", "see what spoiled it, grant anew what is needed, then remove it");
        }
    }
}
