namespace ClearanceDaemon.Cli.Inbox;

/// <summary>A member that a grant may be bound to.</summary>
/// <param name="Name">As in <c>bind</c>.</param>
/// <param name="IsFixed">True: always bound.</param>
internal sealed record AllowBind(string Name, bool IsFixed)
{
    public bool IsBound { get; set; } = true;
}
