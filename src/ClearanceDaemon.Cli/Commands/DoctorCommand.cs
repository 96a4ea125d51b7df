using System.CommandLine;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Doctor;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance doctor</c>: what is wrong, and what to do about it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommandContext.Json("print the report as one line of JSON");
        var offline = new Option<bool>("--offline") { Description = "connect to nothing, so that no daemon is started" };
        var verb = new Verb("doctor", "Look for what is wrong, and say what to do about it.", """
            clearance doctor
            clearance doctor --offline
            clearance doctor --json

            Exit codes: 0 nothing worse than a note, 1 warnings, 2 errors. Nothing is changed.
            """);
        verb.Options.Add(json);
        verb.Options.Add(offline);
        verb.SetAction(parsed => Run(context, context.Flags(parsed), parsed.GetValue(json), parsed.GetValue(offline)));
        return verb;
    }

    private static int Run(CommandContext context, AddressFlags flags, bool json, bool offline)
    {
        var surroundings = context.Surroundings;
        // A variable that cannot be meant is bad usage, before anything is looked at.
        _ = DaemonAddress.ServerUid(surroundings);
        var patient = new Patient(PatientPlaces.Of(flags, surroundings), new DaemonAnswers(flags, surroundings, offline), surroundings, offline);
        var results = Examination.Of(patient, Examination.All);
        if (json)
        {
            context.Terminal.Json(DoctorJson.Of(results, ShowVersion.Own));
        }
        else
        {
            DoctorReport.Print(context.Terminal, results);
        }

        return Severities.ExitCode(results.Max(static result => result.Severity));
    }
}
