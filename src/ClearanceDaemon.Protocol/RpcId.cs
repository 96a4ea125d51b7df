using System.Globalization;
using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol;

/// <summary>The id of a request: a string of at most <see cref="ProtocolLimits.IdBytes"/> bytes, or a whole number.</summary>
[JsonConverter(typeof(RpcIdJsonConverter))]
public readonly record struct RpcId
{
    /// <summary>A numeric id.</summary>
    public RpcId(long number) => Number = number;

    /// <summary>A text id.</summary>
    public RpcId(string text) => Text = text;

    /// <summary>The number, when <see cref="Text"/> is null.</summary>
    public long Number { get; }

    /// <summary>The text, or null when the id is a number.</summary>
    public string? Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);
}
