namespace ClearanceDaemon.Cli.Output;

/// <summary>The values of <c>--color</c>.</summary>
internal static class ColourMode
{
    public const string Auto = "auto";
    public const string Always = "always";
    public const string Never = "never";

    /// <summary>A flag beats the environment: <c>NO_COLOR</c> (set and not empty) and <c>TERM=dumb</c> count under <c>auto</c> only.</summary>
    public static bool IsOn(string mode, Func<bool> isTerminal, Func<string, string?> variable) => mode switch
    {
        Always => true,
        Never => false,
        _ => string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb" && isTerminal(),
    };
}
