using System.Text;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>An ask that a verb makes up from what its host told it, instead of from flags.</summary>
/// <param name="Action">What is to be done.</param>
internal sealed record AskDraft(string Action)
{
    public string? Resource { get; init; }

    /// <summary>No name may be there twice.</summary>
    public List<Detail> Details { get; init; } = [];

    public string? Title { get; init; }

    /// <summary>An absolute path.</summary>
    public string? Project { get; init; }

    /// <summary>Whose ask it is, an <see cref="AskAs"/>.</summary>
    public string As { get; init; } = AskAs.Parent;

    /// <summary>The parameters as JSON.</summary>
    /// <param name="wait">How long to wait for a person, a duration; null for the daemon's default.</param>
    public LineBuffer Parameters(string? wait)
    {
        var json = new LineBuffer();
        json.Raw("{\"action\":"u8);
        json.String(Encoding.UTF8.GetBytes(Action));
        AskFlags.Member(json, "resource"u8, Resource);
        for (var i = 0; i < Details.Count; i++)
        {
            json.Raw(i == 0 ? ",\"details\":{"u8 : ","u8);
            Details[i].Write(json);
        }

        json.Raw(Details.Count == 0 ? ""u8 : "}"u8);
        AskFlags.Member(json, "title"u8, Title);
        AskFlags.Member(json, "project"u8, Project);
        AskFlags.Member(json, "as"u8, As);
        AskFlags.Member(json, "wait"u8, wait);
        json.Raw((byte)'}');
        return json;
    }
}
