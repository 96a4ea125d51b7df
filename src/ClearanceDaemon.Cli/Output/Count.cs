namespace ClearanceDaemon.Cli.Output;

/// <summary>A number and what it counts.</summary>
internal static class Count
{
    public static SafeText Of(long number, string thing) => SafeText.Of($"{number} {thing}{(number == 1 ? "" : "s")}");
}
