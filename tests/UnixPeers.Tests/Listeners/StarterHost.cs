using UnixPeers.Tests.Native;

namespace UnixPeers.Tests.Listeners;

/// <summary>What runs in the process of a <see cref="Starter"/>: obeys lines of tab-separated words until its input ends.</summary>
public sealed class StarterHost
{
    private InstanceLock? _lock;
    private UnixListener? _listener;

    [Fact(Explicit = true)]
    public void Obey()
    {
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine("answer " + Answer(line.Split('\t')));
        }

        Close();
    }

    private string Answer(string[] words)
    {
        try
        {
            return words switch
            {
                ["umask", var mask] => Do(() => _ = TestLibC.umask(TempDirectory.Octal(mask))),
                ["ensure", var path] => Do(() => PrivateDirectory.Ensure(path, "directory", owned: true)),
                ["check", var path] => Do(() => PrivateDirectory.Ensure(path, "directory", owned: false)),
                ["bind", var path] => Do(() => Bind(path)),
                ["start", var lockPath, var path] => Do(() => Start(lockPath, path)),
                ["rounds", var path, var count] => Do(() => Rounds(path, int.Parse(count))),
                ["sweep", var parent, var prefix] => Do(() => EphemeralDirectory.Sweep(parent, prefix)),
                ["close"] => Do(Close),
                _ => "what?",
            };
        }
        catch (UnixSocketException error)
        {
            Close();
            return $"{error.Fault} {error.Message}";
        }
    }

    private static string Do(Action action)
    {
        action();
        return "ok";
    }

    private void Bind(string path) => _listener = UnixListener.Bind(UnixAddress.FromPath(path), TempDirectory.OwnOptions);

    private void Start(string lockPath, string path)
    {
        _lock = InstanceLock.Acquire(lockPath, "instance lock");
        Bind(path);
    }

    private void Rounds(string path, int count)
    {
        for (var round = 0; round < count; round++)
        {
            Bind(path);
            Close();
        }
    }

    private void Close()
    {
        _listener?.Dispose();
        _lock?.Dispose();
        (_listener, _lock) = (null, null);
    }
}
