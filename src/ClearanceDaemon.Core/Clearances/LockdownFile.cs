using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Protocol;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>The file that stands for a lockdown. Whatever is found under its name means on: only its absence means off.</summary>
internal sealed class LockdownFile(string directory)
{
    public const string FileName = "lockdown";
    private const int MaxBytes = 16 * 1024;
    private readonly Lock _changing = new();

    public string Path => System.IO.Path.Combine(directory, FileName);

    /// <summary>Null when there is no lockdown.</summary>
    public LockdownNote? Read()
    {
        var outcome = NativeFile.OpenDirectory(directory, out var folder);
        using (folder)
        {
            if (folder is null)
            {
                return outcome == -LibC.ENOENT ? null : Unreadable(NativeFile.Message(outcome));
            }

            outcome = NativeFile.Open(folder, FileName, LibC.O_RDONLY, out var file);
            using (file)
            {
                return file is not null ? ReadNote(file) : outcome == -LibC.ENOENT ? null : Unreadable(NativeFile.Message(outcome));
            }
        }
    }

    /// <summary>Puts it on disk; null when it is there, else why not. Not on the reactor's thread.</summary>
    public string? Write(LockdownNote note)
    {
        var json = new LineBuffer();
        json.Raw("{\"version\":1,\"since\":"u8);
        json.String(Encoding.UTF8.GetBytes(Timestamp.Format(note.Since.ToUnixTimeMilliseconds())));
        if (note.Reason is not null)
        {
            json.Raw(",\"reason\":"u8);
            json.String(Encoding.UTF8.GetBytes(note.Reason));
        }

        json.Raw("}\n"u8);
        return InDirectory(folder => DurableFile.Replace(folder, FileName, json.Written));
    }

    /// <summary>Takes it off the disk; null when it is gone, else why not. Not on the reactor's thread.</summary>
    public string? Remove() => InDirectory(static folder =>
    {
        var outcome = NativeFile.Remove(folder, FileName);
        return outcome is < 0 and not -LibC.ENOENT ? outcome : NativeFile.SyncDirectory(folder);
    });

    private static LockdownNote Unreadable(string why) => new(DateTimeOffset.UnixEpoch, $"(the note cannot be read: {why})");

    private static LockdownNote ReadNote(SafeFileHandle file) =>
        FileStatus.Of(file).IsRegular ? Parse(file) : Unreadable("it is not a regular file");

    private static LockdownNote Parse(SafeFileHandle file)
    {
        try
        {
            var bytes = new byte[MaxBytes];
            using var json = JsonDocument.Parse(bytes.AsMemory(0, RandomAccess.Read(file, bytes, 0)));
            var reason = json.RootElement.TryGetProperty("reason", out var text) ? text.GetString() : null;
            return new(json.RootElement.GetProperty("since").GetDateTimeOffset(), reason);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            return Unreadable(e.Message);
        }
    }

    private string? InDirectory(Func<SafeFileHandle, int> act)
    {
        // One at a time: two people may act at once.
        lock (_changing)
        {
            var outcome = NativeFile.OpenDirectory(directory, out var folder);
            using (folder)
            {
                outcome = folder is null ? outcome : act(folder);
                return outcome < 0 ? $"{Path} cannot be written: {NativeFile.Message(outcome)}" : null;
            }
        }
    }
}
