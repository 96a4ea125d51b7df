namespace ClearanceDaemon.HandlersMode;

/// <summary>A program to start and all that it gets: nothing else is passed on.</summary>
internal sealed record Launch
{
    /// <summary>The program's path, then its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>NAME=value each.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    public string Directory { get; init; } = "/";

    /// <summary>What becomes its stdin; this and the others stay the caller's.</summary>
    public required int Input { get; init; }

    public required int Output { get; init; }

    public required int Errors { get; init; }

    /// <summary>What becomes its descriptor 3; negative for nothing.</summary>
    public int Third { get; init; } = -1;
}
