using System.Globalization;

namespace UnixPeers.Tests.Peers;

/// <summary>A control group of systemd's hierarchy for a test, with one inside if its name has a slash.</summary>
internal sealed class ControlGroup : IDisposable
{
    private readonly List<string> _made = [];
    private readonly List<int> _members = [];
    private readonly string _root;

    internal ControlGroup(string name)
    {
        string? root = new[] { "/sys/fs/cgroup/systemd", "/sys/fs/cgroup" }.FirstOrDefault(path => File.Exists(path + "/cgroup.procs"));
        Assert.SkipWhen(root is null, "there are no control groups here");
        _root = root;
        try
        {
            string path = root;
            foreach (string part in name.Split('/'))
            {
                path = Path.Combine(path, part);
                Directory.CreateDirectory(path);
                _made.Add(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Dispose();
            Assert.Skip("no control group can be made here: " + exception.Message);
        }
    }

    internal void Add(int pid)
    {
        try
        {
            Write(_made[^1], pid);
            _members.Add(pid);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("no process can be moved here: " + exception.Message);
        }
    }

    /// <summary>Moves who is still there out of it, and removes it.</summary>
    public void Dispose()
    {
        foreach (int pid in _members)
        {
            try
            {
                Write(_root, pid);
            }
            catch (IOException)
            {
                // It has exited, and is in no group any more.
            }
        }

        foreach (string path in Enumerable.Reverse(_made))
        {
            Directory.Delete(path);
        }
    }

    private static void Write(string group, int pid) => File.WriteAllText(group + "/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
}
