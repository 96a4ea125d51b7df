namespace ClearanceDaemon.Cli.Notifications;

/// <summary>One desktop notification. Its texts are plain and already safe to show; what makes them markup is the sender's business.</summary>
/// <param name="Summary">One line, never empty.</param>
/// <param name="Body">Lines.</param>
/// <param name="Buttons">What may be pressed.</param>
/// <param name="IsUrgent">True: it stays until it is answered, or until <paramref name="Lasts"/> is over.</param>
/// <param name="Lasts">When it goes by itself; zero leaves that to the server.</param>
internal sealed record Notice(string Summary, string Body, NoticeButtons Buttons, bool IsUrgent, TimeSpan Lasts);
