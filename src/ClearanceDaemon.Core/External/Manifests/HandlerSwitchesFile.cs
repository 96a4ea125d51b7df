using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Protocol;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>The switches on disk. Only the file's absence means that nothing was ever switched; what cannot be believed means all off.</summary>
/// <param name="directory">The state directory, absolute, which must be ours alone.</param>
internal sealed class HandlerSwitchesFile(string directory)
{
    public const string FileName = "handlers.json";

    private readonly Lock _writing = new();

    public string Path => System.IO.Path.Combine(directory, FileName);

    public HandlerSwitches Read()
    {
        var outcome = NativeFile.OpenDirectory(directory, out var folder);
        if (outcome == -LibC.ENOENT)
        {
            return HandlerSwitches.None;
        }

        using (folder)
        {
            try
            {
                return StateFile.FolderFault(directory, folder, outcome) is { } fault ? Unknown(fault) : ReadIn(folder!);
            }
            catch (IOException e)
            {
                return Unknown($"{Path} cannot be read: {e.Message}");
            }
        }
    }

    /// <summary>Puts the switches on disk in place of what was there; null when they are, else why not. Not on the reactor's thread.</summary>
    public string? Write(HandlerSwitches switches)
    {
        if (switches.Problem is { } unknown)
        {
            return unknown;
        }

        if (switches.On.Count + switches.Off.Count > ManifestLimits.Switches)
        {
            return $"{Path} holds at most {ManifestLimits.Switches} names; take those of handlers that are gone out of it";
        }

        lock (_writing)
        {
            var outcome = NativeFile.OpenDirectory(directory, out var folder);
            using (folder)
            {
                if (StateFile.FolderFault(directory, folder, outcome) is { } fault)
                {
                    return fault;
                }

                outcome = DurableFile.Replace(folder!, FileName, Json(switches).Written);
                return outcome < 0 ? $"{Path} cannot be written: {NativeFile.Message(outcome)}" : null;
            }
        }
    }

    private static HandlerSwitches Unknown(string fault) =>
        HandlerSwitches.Unknown($"{fault}. Every handler is off: put it right, or remove it and switch off again what shall be off, and restart the daemon");

    private HandlerSwitches ReadIn(SafeFileHandle folder)
    {
        var outcome = NativeFile.Open(folder, FileName, LibC.O_RDONLY, out var file);
        if (outcome == -LibC.ENOENT)
        {
            return HandlerSwitches.None;
        }

        using (file)
        {
            if (file is null)
            {
                return Unknown($"{Path} cannot be opened as a regular file that is no link: {NativeFile.Message(outcome)}");
            }

            var status = FileStatus.Of(file);
            return StateFile.FileFault(status, ManifestLimits.SwitchesFileBytes) is { } fault
                ? Unknown($"{Path} {fault}")
                : Parse(StateFile.Bytes(file, status.Size));
        }
    }

    private HandlerSwitches Parse(byte[] bytes)
    {
        var problems = new List<DocumentProblem>();
        var switches = new HandlerSwitchesReader(new DocumentText(Path, bytes, problems)).Read();
        return switches ?? Unknown(problems[0].ToString());
    }

    private static LineBuffer Json(HandlerSwitches switches)
    {
        var json = new LineBuffer();
        json.Raw("{\"version\":1,\"on\":"u8);
        Names(json, switches.On);
        json.Raw(",\"off\":"u8);
        Names(json, switches.Off);
        json.Raw("}\n"u8);
        return json;
    }

    private static void Names(LineBuffer json, IEnumerable<string> names)
    {
        var separator = (byte)'[';
        foreach (var name in names)
        {
            json.Raw(separator);
            json.String(Encoding.UTF8.GetBytes(name));
            separator = (byte)',';
        }

        json.Raw(separator == '[' ? "[]"u8 : "]"u8);
    }
}
