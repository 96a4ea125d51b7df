using System.Buffers.Binary;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Tests.Native;

public sealed class FileStatusTests
{
    [Fact]
    public void The_kernel_tells_type_mode_owner_names_and_size()
    {
        var path = Path.GetTempFileName();
        var second = path + ".second";
        try
        {
            File.WriteAllText(path, "12345");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupWrite);
            using var link = System.Diagnostics.Process.Start("ln", [path, second]);
            link.WaitForExit();
            using var handle = File.OpenHandle(path);
            var status = FileStatus.Of(handle);
            Assert.True(status.IsRegular);
            Assert.False(status.IsDirectory);
            Assert.Equal((0x110u, LibC.geteuid(), 2ul, 5L), (status.Permissions, status.Uid, status.Links, status.Size));
            using var other = File.OpenHandle(second);
            Assert.Equal(status.Inode, FileStatus.Of(other).Inode);
        }
        finally
        {
            File.Delete(path);
            File.Delete(second);
        }
    }

    [Fact]
    public void A_directory_is_one()
    {
        Assert.True(NativeFile.OpenDirectory(Path.GetTempPath().TrimEnd('/'), out var handle) >= 0);
        using (handle)
        {
            Assert.True(FileStatus.Of(handle!).IsDirectory);
        }
    }

    [Fact]
    public void Darwins_layout_is_read_from_its_bytes()
    {
        var image = new byte[144];
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(4), 0x8180);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(6), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(8), 0x1122334455667788);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(16), 501);
        BinaryPrimitives.WriteInt64LittleEndian(image.AsSpan(96), 5_000_000_000);
        var status = FileStatus.FromDarwin(image);
        Assert.True(status.IsRegular);
        Assert.Equal(new FileStatus(0x8180, 501, 1, 0x1122334455667788, 5_000_000_000), status);
        Assert.Equal(0x180u, status.Permissions);
    }
}
