using System.Text;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>What a person wants a handler tried with.</summary>
/// <param name="Name">The handler's.</param>
/// <param name="Method">A method of it; null for its only one.</param>
/// <param name="Params">The method's parameters, JSON on one line; null for none.</param>
/// <param name="Ask">The parameters of an ask to have it decide, JSON; null for none.</param>
internal sealed record HandlerTry(string Name, string? Method, byte[]? Params, LineBuffer? Ask)
{
    /// <exception cref="UsageException">The flags say two things.</exception>
    public void RequireOneKind()
    {
        if (Ask is not null && (Method is not null || Params is not null))
        {
            throw new UsageException("--method and --params call a method, --action and what goes with it has an ask decided. Give one of the two.");
        }
    }

    /// <summary>The parameters of <c>handlers.test</c>.</summary>
    /// <param name="handler">How the daemon knows it.</param>
    /// <exception cref="UsageException">The flags leave open what it is tried with.</exception>
    public ReadOnlySpan<byte> Parameters(HandlerItem handler)
    {
        var json = new LineBuffer();
        json.Raw("{\"name\":"u8);
        json.String(Encoding.UTF8.GetBytes(Name));
        if (Ask is not null)
        {
            json.Raw(",\"ask\":"u8);
            json.Raw(Ask.Written);
        }
        else
        {
            AskFlags.Member(json, "method"u8, Method ?? OnlyMethod(handler));
            json.Raw(",\"params\":"u8);
            json.Raw(Params is { } parameters ? parameters : "{}"u8);
        }

        json.Raw((byte)'}');
        return json.Written;
    }

    private static string OnlyMethod(HandlerItem handler) => handler.Methods switch
    {
        { Count: 1 } one => one.Keys.First(),
        { Count: > 1 } many => throw new UsageException($"{handler.Name} has {many.Count} methods: {string.Join(", ", many.Keys)}. Name one with --method."),
        _ => throw new UsageException($"{handler.Name} has no methods. Describe an ask to have it decide: --action, with --resource, --detail and the others as clearance ask takes them."),
    };
}
