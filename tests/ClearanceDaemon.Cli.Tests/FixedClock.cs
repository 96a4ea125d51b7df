namespace ClearanceDaemon.Cli.Tests;

/// <summary>A clock that stands at twelve seconds after ten.</summary>
internal sealed class FixedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 10, 0, 12, TimeSpan.Zero);
}
