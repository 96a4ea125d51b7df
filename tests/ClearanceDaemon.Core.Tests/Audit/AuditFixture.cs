using System.Text;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>A state directory of its own with a log in it, removed afterwards.</summary>
internal sealed class AuditFixture : IDisposable
{
    public AuditFixture()
    {
        Root = Directory.CreateTempSubdirectory("audit-").FullName;
        Options = new AuditOptions
        {
            Directory = Path.Combine(Root, "audit"),
            AnchorPath = Path.Combine(Root, "anchor"),
            PrepareDirectory = MakePrivate,
            Time = Clock,
            AnchorSink = anchor =>
            {
                lock (Anchors)
                {
                    Anchors.Add(anchor);
                }
            },
        };
    }

    public string Root { get; }

    public AuditOptions Options { get; set; }

    public FakeClock Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 22, 55, 0, 123, TimeSpan.Zero));

    public List<AuditAnchor> Anchors { get; } = [];

    public string LogDirectory => Options.Directory;

    public static void MakePrivate(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public AuditLog Open() => AuditLog.Open(Options);

    /// <summary>Appends records numbered from the log's position and commits them all at once.</summary>
    public static bool Add(AuditLog log, int count = 1, string kind = "ask", string text = "net.connect")
    {
        log.Tick();
        for (var i = 0; i < count; i++)
        {
            log.Begin(Encoding.UTF8.GetBytes(kind)).Text("action"u8, Encoding.UTF8.GetBytes(text)).Number("n"u8, i).End();
        }

        return log.Commit();
    }

    /// <summary>A log of that many records, closed.</summary>
    public void Fill(int count)
    {
        using var log = Open();
        Assert.True(Add(log, count));
    }

    public string FilePath(string name = "2026-11.jsonl") => Path.Combine(LogDirectory, name);

    public string[] Names() => [.. Directory.GetFiles(LogDirectory).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public string[] Lines(string name = "2026-11.jsonl") => File.ReadAllLines(FilePath(name));

    public string AllText() => string.Concat(Names().Select(name => File.ReadAllText(FilePath(name))));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
