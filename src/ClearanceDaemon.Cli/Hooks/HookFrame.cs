using System.Text;
using ClearanceDaemon.Cli.Native;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// What all asks of one call say alike. The session stands in the reason, which only explains and to which no surface binds a
/// grant: a grant that ended with each session would be none.
/// </summary>
/// <param name="Title">One line for a person.</param>
/// <param name="Reason">The agent's own words, and which session it is.</param>
/// <param name="Project">The directory the agent works in: commands and relative paths depend on it.</param>
/// <param name="As">Whose ask it is, an <see cref="AskAs"/>.</param>
internal sealed record HookFrame(string Title, string Reason, string? Project, string As)
{
    private const int ReasonPartBytes = 1024;

    public static HookFrame Of(HookCall call, string host) => new(
        $"{call.Tool}, asked by {host}" is var title && Encoding.UTF8.GetByteCount(title) <= ProtocolLimits.TitleBytes ? title : $"a tool, asked by {host}",
        ReasonOf(call),
        call.Directory is ['/', ..] && Fits(call.Directory, ProtocolLimits.ProjectBytes) ? call.Directory : null,
        OwnAs());

    /// <summary>
    /// The session's leader, as of every hook. A host that gives each hook a session of its own would so make the hook its own
    /// principal; there the host is the parent, because the installed command replaces its shell.
    /// </summary>
    private static string OwnAs() => LibC.getsid(0) == Environment.ProcessId ? AskAs.Parent : AskAs.Session;

    private static string ReasonOf(HookCall call)
    {
        var parts = new List<string>();
        if (call.TryText("description"u8, out var description) && description.Length > 0)
        {
            parts.Add(Part(Encoding.UTF8.GetString(description), "a description"));
        }

        var who = call.Session is { } session ? $"session {Part(session, "a name")}" : "no session told";
        parts.Add(call.Agent is { } agent ? $"({who}, agent {Part(agent, "a name")})" : $"({who})");
        return string.Join(' ', parts) is var whole && Fits(whole, ProtocolLimits.ReasonBytes) ? whole : "(the session has no short name)";
    }

    private static string Part(string text, string what) =>
        Fits(text, ReasonPartBytes) ? text : $"[{what} of {Encoding.UTF8.GetByteCount(text)} bytes]";

    private static bool Fits(string text, int bytes) => Encoding.UTF8.GetByteCount(text) <= bytes;
}
