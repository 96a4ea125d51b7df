using System.Diagnostics;
using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A line client that runs as another user, since the daemon lets in its own user only: socat between our pipes and the socket.</summary>
internal sealed class LineClientAs : IDisposable
{
    private readonly Process _socat;

    public LineClientAs(UserManager manager, string path)
        : this(manager.Uid, manager.Gid, path)
    {
    }

    public LineClientAs(uint uid, uint gid, string path)
    {
        _socat = Command.Start(
            new Dictionary<string, string>(),
            "setpriv", "--reuid", $"{uid}", "--regid", $"{gid}", "--clear-groups", Repository.RequireTool("socat"), "-t", "10", "-", $"UNIX-CONNECT:{path}");
    }

    /// <summary>The daemon's next line, or null when it closed the connection.</summary>
    public string? ReadLine() => _socat.StandardOutput.ReadLine();

    public void Send(string line)
    {
        try
        {
            _socat.StandardInput.Write(line + "\n");
            _socat.StandardInput.Flush();
        }
        catch (IOException)
        {
            // A refused connection may be gone before we write; ReadLine tells.
        }
    }

    public JsonElement Exchange(string line)
    {
        Send(line);
        using var document = JsonDocument.Parse(ReadLine() ?? throw new InvalidOperationException($"No answer to {line}"));
        return document.RootElement.Clone();
    }

    public void Dispose()
    {
        if (!_socat.HasExited)
        {
            _socat.Kill();
        }

        _socat.Dispose();
    }
}
