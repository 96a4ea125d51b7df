namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>A real file system of 64 KiB that can be filled and freed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public static SmallDisk Mount()
    {
        var path = Directory.CreateTempSubdirectory("small-disk-").FullName;
        Assert.SkipUnless(Environment.UserName == "root", "mounting a small file system needs root");
        var disk = new SmallDisk(path);
        Assert.SkipUnless(Children.Run("mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "none", path) == 0, "this machine does not let us mount a tmpfs");
        return disk;
    }

    public void Fill()
    {
        try
        {
            using var ballast = File.Create(Ballast);
            while (true)
            {
                ballast.Write(new byte[1024]);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        Children.Run("umount", Path);
        Directory.Delete(Path);
    }
}
