using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>Reads the lists that come in pages of <c>items</c> and <c>next</c>, to their end.</summary>
internal static class Pages
{
    public static List<Listed<PendingItem>> Pending(ClearanceClient client, int limit = int.MaxValue) =>
        Read(client, MethodNames.Pending, ProtocolJson.Default.PendingItem, static item => item.Id, limit);

    public static List<Listed<GrantItem>> Grants(ClearanceClient client) =>
        Read(client, MethodNames.GrantsList, ProtocolJson.Default.GrantItem, static item => item.Id, int.MaxValue);

    private static List<Listed<T>> Read<T>(ClearanceClient client, string method, JsonTypeInfo<T> shape, Func<T, string> id, int limit)
    {
        var all = new List<Listed<T>>();
        long? after = null;
        while (all.Count < limit)
        {
            var answer = client.CallRaw(method, Page(after, limit - all.Count));
            var page = Answer.Read(answer, CliJson.Default.ListPage);
            foreach (var item in page.Items.AsSpan(0, Math.Min(limit - all.Count, page.Items.Length)))
            {
                all.Add(Item(item, shape, id));
            }

            // A next that does not rise would never end.
            if (page.Next is not { } next || next <= after)
            {
                break;
            }

            after = next;
        }

        return all;
    }

    private static Listed<T> Item<T>(JsonElement json, JsonTypeInfo<T> shape, Func<T, string> id)
    {
        var item = Answer.Read(JsonMarshal.GetRawUtf8Value(json), shape);
        return RequestId.TryParse(Encoding.UTF8.GetBytes(id(item)), out _)
            ? new Listed<T>(id(item), item, json)
            : throw new NoAnswerException($"The daemon lists \"{id(item)}\", which is no id. Are both of the same version?");
    }

    private static byte[] Page(long? after, int wanted)
    {
        var limit = Math.Min(wanted, ProtocolLimits.PageItems);
        return Encoding.UTF8.GetBytes(after is null
            ? string.Create(CultureInfo.InvariantCulture, $$"""{"limit":{{limit}}}""")
            : string.Create(CultureInfo.InvariantCulture, $$"""{"after":{{after}},"limit":{{limit}}}"""));
    }
}
