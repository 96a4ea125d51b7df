using System.Text.Json;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The inbox where there is no terminal: one line for each event, as text or as JSON, until the daemon or the reader goes.</summary>
internal static class InboxLines
{
    /// <exception cref="NoAnswerException">The daemon closed the connection.</exception>
    public static void Follow(ClearanceClient client, Terminal terminal, bool answers, bool json)
    {
        client.Happened = happened => Print(terminal, happened, json);
        try
        {
            client.Subscribe(new SubscribeParams { Answers = answers });
            while (true)
            {
                client.Listen();
            }
        }
        catch (EndOfStreamException)
        {
            throw new NoAnswerException("The daemon closed the connection. See what it logs; watch again once it is back.");
        }
    }

    private static void Print(Terminal terminal, ClearanceEvent happened, bool json)
    {
        if (json)
        {
            terminal.Json(JsonSerializer.SerializeToUtf8Bytes(happened, ProtocolJson.Default.ClearanceEvent));
        }
        else
        {
            terminal.Line($"{EventLine.Of(happened)}");
        }
    }
}
