using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>What a severity is called, which colour it has, and how the program ends for it.</summary>
internal static class Severities
{
    public static string Word(Severity severity) => severity switch
    {
        Severity.Ok => "ok",
        Severity.Note => "note",
        Severity.Warning => "warning",
        _ => "error",
    };

    public static Colour ColourOf(Severity severity) => severity switch
    {
        Severity.Ok => Colour.Good,
        Severity.Note => Colour.Dim,
        Severity.Warning => Colour.Doubtful,
        _ => Colour.Bad,
    };

    public static int ExitCode(Severity worst) => worst switch
    {
        Severity.Error => ExitCodes.Errors,
        Severity.Warning => ExitCodes.Warnings,
        _ => ExitCodes.Ok,
    };
}
