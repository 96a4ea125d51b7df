using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>What kernel and settings leave out. This machine's own are as they are, so the texts they come in are judged.</summary>
public sealed class KernelCheckTests
{
    private const string Limits = """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             100                  100                  processes
        Max open files            1024                 524288               files
        """;

    [Fact]
    public void ThisKernelIsLookedAt()
    {
        using var ward = new Ward().Open();
        var result = ward.Look(new KernelCheck());
        Assert.True(result.Severity <= Severity.Note, string.Join('\n', result.Findings));
        Assert.StartsWith("Linux ", result.Summary);
    }

    [Theory]
    [InlineData("23 22 0:5 / /proc rw,nosuid - proc proc rw", null)]
    [InlineData("23 22 0:5 / /proc rw,nosuid - proc proc rw,hidepid=0", null)]
    [InlineData("23 22 0:5 / /proc rw,nosuid - proc proc rw,hidepid=off", null)]
    [InlineData("23 22 0:5 / /proc rw,nosuid - proc proc rw,hidepid=2,gid=4", "hidepid=2")]
    [InlineData("23 22 0:5 / /proc rw,nosuid - proc proc rw,hidepid=ptraceable", "hidepid=ptraceable")]
    [InlineData("23 22 0:5 / /other rw,nosuid - proc proc rw,hidepid=2", null)]
    public void HiddenProcessesAreANote(string mountinfo, string? told)
    {
        var findings = new Findings();
        KernelCheck.LookAtProc("22 1 0:20 / / rw - ext4 x rw\n" + mountinfo + "\n", findings);
        var result = findings.Result("x");
        if (told is null)
        {
            Expect.Well(result);
        }
        else
        {
            Expect.One(result, Severity.Note, "/proc", told);
        }
    }

    [Fact]
    public void TheLimitOnOpenFilesIsRead()
    {
        Assert.Equal(1024, DescriptorLimit.Parse(Limits));
        Assert.Null(DescriptorLimit.Parse("Max open files            unlimited            unlimited            files"));
        Assert.Null(DescriptorLimit.Parse(""));
    }

    [Theory]
    [InlineData(524288, 16384, 256, false)]
    [InlineData(1024, 464, 256, true)]
    [InlineData(1024, 100, 16, false)]
    [InlineData(22252, 16384, 256, false)]
    [InlineData(22251, 16384, 256, true)]
    [InlineData(1024, 0, 0, false)]
    public void ALimitThatLeavesNoRoomIsSeen(long limit, long askers, long operators, bool lowers) =>
        Assert.Equal(lowers, DescriptorLimit.Lowers(limit, askers, operators));

    [Fact]
    public void ADaemonWithFewDescriptorsIsANote()
    {
        using var ward = new Ward().Open();
        ward.Status["limits"]!["maxConnections"] = 1 << 30;
        Expect.Some(ward.Look(new KernelCheck()), Severity.Note, "open files", "LimitNOFILE=");
    }
}
