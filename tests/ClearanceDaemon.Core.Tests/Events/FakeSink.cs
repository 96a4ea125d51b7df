using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Events;

namespace ClearanceDaemon.Core.Tests.Events;

/// <summary>A subscriber that takes so many lines and then no more until it is told.</summary>
internal sealed class FakeSink : IEventSink
{
    public int Room { get; set; } = int.MaxValue;

    public List<(string Type, long Seq)> Lines { get; } = [];

    public bool HasRoom => Room > 0;

    public IEnumerable<string> Types => Lines.Select(static line => line.Type);

    public void Write(ReadOnlySpan<byte> line)
    {
        Assert.Equal((byte)'\n', line[^1]);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(line));
        var told = json.RootElement.GetProperty("params");
        Lines.Add((told.GetProperty("type").GetString()!, told.GetProperty("seq").GetInt64()));
        Room--;
    }
}
