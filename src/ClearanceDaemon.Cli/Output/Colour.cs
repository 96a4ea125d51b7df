namespace ClearanceDaemon.Cli.Output;

/// <summary>The meanings that have a colour.</summary>
internal enum Colour
{
    Good,
    Bad,
    Doubtful,
    Dim,
}
