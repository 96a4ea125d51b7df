using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

public sealed class StarterRaceTests
{
    private const int Rounds = 300;

    [Fact]
    public void B06_of_two_starters_on_a_stale_socket_exactly_one_listens()
    {
        using var directory = new TempDirectory();
        using var first = new Starter();
        using var second = new Starter();
        var address = UnixAddress.FromPath(directory.Socket);
        for (var round = 0; round < Rounds; round++)
        {
            LeaveDeadSocket(directory.Socket);
            first.Say("start", directory.Below("lock"), directory.Socket);
            second.Say("start", directory.Below("lock"), directory.Socket);
            string[] answers = [first.Hear(), second.Hear()];

            Assert.Single(answers, "ok");
            Assert.Single(answers, answer => answer.StartsWith("InUse", StringComparison.Ordinal));
            Assert.True(UnixListeners.HasLiveListener(address), "nobody listens");

            Assert.Equal("ok", (answers[0] == "ok" ? first : second).Ask("close"));
            Assert.Null(FileStatus.Of(directory.Socket));
        }
    }
}
