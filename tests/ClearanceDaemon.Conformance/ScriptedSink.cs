using System.Text;
using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Conformance;

/// <summary>One connection of a <see cref="ScriptedAcceptor"/>: keeps what happened to it.</summary>
internal sealed class ScriptedSink(ScriptedAcceptor acceptor, Connection connection) : ILineSink
{
    public Connection Connection => connection;

    public List<string> Lines { get; } = [];

    public BadFraming? Broke { get; private set; }

    public bool IsClosed { get; private set; }

    public bool HasInFlight { get; set; }

    public void Answer(string line) => connection.Write().Buffer.Raw(Encoding.UTF8.GetBytes(line + "\n"));

    public void OnLine(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        Lines.Add(text);
        acceptor.OnLine(this, text);
    }

    public void OnBadFraming(BadFraming what)
    {
        Broke = what;
        Answer(what.ToString());
    }

    public void OnDrained()
    {
    }

    public void OnClosed()
    {
        Assert.False(IsClosed, "a connection is closed once");
        IsClosed = true;
    }
}
