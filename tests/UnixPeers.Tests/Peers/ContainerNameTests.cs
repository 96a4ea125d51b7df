using System.Text;

namespace UnixPeers.Tests.Peers;

/// <summary>Which part of a control group's path is a container's, and the uid in /proc/PID/status.</summary>
public sealed class ContainerNameTests
{
    private const string A = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string B = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    [Theory]
    [InlineData($"/system.slice/docker-{A}.scope", $"docker-{A}.scope")]
    [InlineData($"/system.slice/docker-{A}.scope/init/deeper", $"docker-{A}.scope")]
    [InlineData($"/docker/{A}", A)]
    [InlineData($"/docker/{A}/system.slice/x.service", A)]
    [InlineData($"/docker/{A}/docker/{B}", B)]
    [InlineData($"/machine.slice/libpod-{A}.scope/container", $"libpod-{A}.scope")]
    [InlineData($"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{A}.scope", $"libpod-{A}.scope")]
    [InlineData($"/libpod_parent/libpod-{A}", $"libpod-{A}")]
    [InlineData($"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podx.slice/crio-{A}.scope", $"crio-{A}.scope")]
    [InlineData($"/kubepods.slice/kubepods-podx.slice/cri-containerd-{A}.scope", $"cri-containerd-{A}.scope")]
    [InlineData($"/kubepods/burstable/podx/{A}", A)]
    [InlineData("/kubepods/besteffort/pod12-34/some-id", "some-id")]
    [InlineData($"/system.slice/containerd.service/kubepods-podx.slice:cri-containerd:{A}", $"kubepods-podx.slice:cri-containerd:{A}")]
    [InlineData("/lxc.payload.web/system.slice/x.service", "lxc.payload.web")]
    [InlineData("/lxc/web/x", "web")]
    public void The_innermost_container_is_named(string path, string name) => Assert.Equal(name, ContainerName.InnermostOf(Encoding.UTF8.GetBytes(path)));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/user.slice/user-1000.slice/session-2.scope")]
    [InlineData("/system.slice/docker.service")]
    [InlineData($"/machine.slice/libpod-conmon-{A}.scope")]
    [InlineData($"/machine.slice/crio-conmon-{A}.scope")]
    [InlineData("/docker/0123456789abcdef")]
    [InlineData($"/docker/{A}0")]
    [InlineData("/docker/0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData($"/docker/x{A}")]
    [InlineData($"/docker/{A}.service")]
    [InlineData("/docker/.scope")]
    [InlineData("/kubepods/besteffort/pod12-34")]
    [InlineData("/pod12/some-id")]
    [InlineData("/lxc.payload.")]
    [InlineData("/lxc.monitor.web")]
    [InlineData("/lxc/")]
    public void Other_paths_name_none(string path) => Assert.Null(ContainerName.InnermostOf(Encoding.UTF8.GetBytes(path)));

    [Fact]
    public void A_group_has_its_container_beside_its_unit_and_a_removed_one_neither()
    {
        Assert.Equal(
            new ProcCGroup($"/docker/{A}/system.slice/x.service", "x.service", A),
            ProcCGroup.Parse(Encoding.UTF8.GetBytes($"0::/docker/{A}/system.slice/x.service\n")));
        Assert.Equal(
            new ProcCGroup($"/docker/{A} (deleted)", null, null), ProcCGroup.Parse(Encoding.UTF8.GetBytes($"0::/docker/{A} (deleted)\n")));
    }

    [Fact]
    public void A_peer_shows_its_container()
    {
        using Family family = new();
        Relative one = family.StartOne("one");
        Assert.Null(one.Process.Observe().Container);
        using ControlGroup group = new($"unixpeers-{Environment.ProcessId}.slice/libpod-{A}.scope/inner");
        group.Add(one.Pid);
        Assert.Equal(($"libpod-{A}.scope", $"libpod-{A}.scope"), (one.Process.Observe().Container, one.Process.Observe().Unit));
    }

    [Theory]
    [InlineData("Name:\tx\nUmask:\t0022\nUid:\t1000\t1001\t1002\t1003\nGid:\t1\t2\t3\t4\n", 1001u)]
    [InlineData("Name:\tUid:\t7\t7\nUid:\t4294967294\t4294967294\t0\t0\n", 4294967294u)]
    [InlineData("Name:\tx\\nUid:\t7\t7\t7\nUid:\t5\t6\t7\t8\n", 6u)]
    public void The_effective_uid_is_the_second(string text, uint uid) => Assert.Equal(uid, ProcStatus.EffectiveUid(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("Uid:\t1\t1\t1\t1\n")]
    [InlineData("Name:\tx\nUid:\t1")]
    [InlineData("Name:\tx\nUid:\t1\t")]
    [InlineData("Name:\tx\nUid:\t1\nGid:\t5\t6\t7\t8\n")]
    [InlineData("Name:\tx\nUid:\t1\t1")]
    [InlineData("Name:\tx\nUid:\t1\t1x\t1\n")]
    [InlineData("Name:\tx\nUid:\t1\t-1\t1\n")]
    [InlineData("Name:\tx\nUid:\t1\t4294967296\t1\n")]
    public void What_is_no_uid_line_is_no_uid(string text) => Assert.Null(ProcStatus.EffectiveUid(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Our_own_effective_uid_is_read() => Assert.Equal(OwnUser.Uid, ProcFacts.ReadEffectiveUid(Environment.ProcessId));
}
