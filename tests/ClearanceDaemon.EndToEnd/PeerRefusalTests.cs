using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The inner wall with the outer one removed: modes loosened on purpose, then root and a stranger connect.</summary>
[Collection(ManagerCollection.Name)]
public sealed class PeerRefusalTests
{
    private const uint Nobody = 65534;

    private readonly UserManager _manager;

    public PeerRefusalTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(Nobody)]
    public void Another_uid_is_refused_counted_and_audited_even_through_loosened_modes(uint uid)
    {
        _manager.Clearance("ping").Expect(0);
        var before = RefusedSoFar();
        SetModes("0711", "0666");

        foreach (var socket in (string[])[_manager.AskSocket, _manager.OperatorSocket])
        {
            using var stranger = new LineClientAs(uid, uid, socket);
            stranger.Send(LineClient.Ask(1, "demo.read"));
            var said = stranger.ReadLine();
            Assert.True(said is null || said.Contains("\"error\"", StringComparison.Ordinal), $"uid {uid} got an answer: {said}");
        }

        SetModes("0700", "0600");
        Until.True(() => RefusedSoFar() >= before + 2, "both refusals to be counted");
        Until.True(() => RefusalIsAudited(uid), $"an audit record of the refused uid {uid}");
        _manager.Clearance("ask", "--action", "demo.read").Expect(0);
    }

    [Fact]
    public void The_command_line_of_root_does_not_believe_another_users_daemon()
    {
        _manager.Clearance("ping").Expect(0);
        var environment = new Dictionary<string, string> { ["CLEARANCE_ASK_SOCKET"] = _manager.AskSocket };
        var answer = Command.Run(environment, null, Repository.Cli, "ask", "--action", "demo.read").Expect(127);
        Assert.Contains($"{_manager.Uid}", answer.Error, StringComparison.Ordinal);
    }

    private void SetModes(string directories, string sockets) => _manager.Sh($"""
        chmod {directories} "$XDG_RUNTIME_DIR" '{_manager.Runtime}' '{_manager.Runtime}/ask' '{_manager.Runtime}/operator'
        chmod {sockets} '{_manager.AskSocket}' '{_manager.OperatorSocket}'
        """).Expect(0);

    private long RefusedSoFar() => _manager.ClearanceJson("status").GetProperty("counters").GetProperty("refusedPeers").GetInt64();

    private bool RefusalIsAudited(uint uid) => AuditChain.Read(_manager.Audit).Any(record =>
        record.GetProperty("kind").GetString() == "refused" && record.TryGetProperty("uid", out var refused) && refused.GetUInt32() == uid);
}
