using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// The last anchor on disk, away from the log so that whoever cuts a log file does not hold both ends: one JSON line,
/// replaced whole. Owns its directory handle.
/// </summary>
internal sealed class AnchorFile : IDisposable
{
    private const int MaxBytes = 1024;
    private readonly AuditFolder _folder;
    private readonly string _name;

    /// <exception cref="AuditException">Its directory is refused.</exception>
    public AnchorFile(string path)
    {
        Path = path;
        _name = System.IO.Path.GetFileName(path);
        _folder = AuditFolder.Open(System.IO.Path.GetDirectoryName(path)!);
    }

    public string Path { get; }

    /// <summary>The anchor, or null with the reason if what stands there is none; null and null if there is nothing.</summary>
    /// <exception cref="AuditException">The file is a link, another's, or otherwise refused.</exception>
    public AuditAnchor? Read(out string? unreadable)
    {
        unreadable = null;
        if (!System.IO.Path.Exists(Path) && new FileInfo(Path).LinkTarget is null)
        {
            return null;
        }

        using var file = _folder.OpenRead(_name, out _);
        var bytes = new byte[MaxBytes];
        var length = RandomAccess.Read(file, bytes, 0);
        var anchor = Parse(bytes.AsSpan(0, length));
        unreadable = anchor is null ? $"{Path} does not hold an anchor" : null;
        return anchor;
    }

    /// <summary>Puts the anchor on disk in place of the last one, and says what failed.</summary>
    public string? Write(AuditAnchor anchor)
    {
        var outcome = _folder.Replace(_name, Format(anchor).Written);
        return outcome < 0 ? $"{Path} cannot be written: {NativeFile.Message(outcome)}" : null;
    }

    public void Dispose() => _folder.Dispose();

    private static LineBuffer Format(AuditAnchor anchor)
    {
        var line = new LineBuffer();
        line.Raw("{\"v\":1,\"seq\":"u8);
        line.Number(anchor.Seq);
        line.Raw(",\"sha256\":"u8);
        line.String(Encoding.ASCII.GetBytes(anchor.Sha256));
        line.Raw(",\"time\":"u8);
        line.String(Encoding.ASCII.GetBytes(Timestamp.Format(anchor.Time.ToUnixTimeMilliseconds())));
        line.Raw(",\"reason\":"u8);
        line.String(Encoding.ASCII.GetBytes(anchor.Reason.ToString().ToLowerInvariant()));
        line.Raw("}\n"u8);
        return line;
    }

    private static AuditAnchor? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var seq = root.GetProperty("seq").GetInt64();
            var sha256 = root.GetProperty("sha256").GetString() ?? string.Empty;
            var reason = Enum.Parse<AnchorReason>(root.GetProperty("reason").GetString() ?? string.Empty, ignoreCase: true);
            return seq > 0
                && AuditHash.IsHash(Encoding.UTF8.GetBytes(sha256))
                && Timestamp.TryParse(root.GetProperty("time").GetString(), out var time)
                ? new AuditAnchor(seq, sha256, DateTimeOffset.FromUnixTimeMilliseconds(time), reason)
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
