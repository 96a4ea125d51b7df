using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Conformance;

/// <summary>Admits everyone unless told otherwise, and answers lines by the script of <see cref="OnLine"/>.</summary>
internal sealed class ScriptedAcceptor : IAcceptor
{
    public ReadOnlySpan<byte> NoDescriptors => "no descriptors\n"u8;

    public bool Refuses { get; set; }

    public byte[] Farewell { get; set; } = [];

    public List<ScriptedSink> Sinks { get; } = [];

    /// <summary>Answers one line; the default echoes it.</summary>
    public Action<ScriptedSink, string> OnLine { get; set; } = static (sink, line) => sink.Answer(line);

    public int Open => Sinks.Count(static sink => !sink.IsClosed);

    public ILineSink? Admit(Connection connection, out ReadOnlySpan<byte> farewell)
    {
        farewell = Farewell;
        if (Refuses)
        {
            return null;
        }

        var sink = new ScriptedSink(this, connection);
        Sinks.Add(sink);
        return sink;
    }
}
