namespace ClearanceDaemon.Cli.Tests;

/// <summary>Results as the daemon writes them.</summary>
internal static class Answers
{
    public const string Id = "0123456789abcdef0123456789abcdef";

    public const string Allowed = $$"""{"outcome":"allowed","id":"{{Id}}","by":"rule:github"}""";

    public const string Status = """
        {"version":"0.1.0","instance":"","pid":4711,"started":"2026-11-20T10:00:00.000Z","state":"ok","sockets":[{"name":"ask","role":"ask","via":"ask","address":"/run/user/1000/clearance/ask/clearance.sock","activated":true,"served":true,"connections":3},{"name":"operator","role":"operator","via":"operator","address":"/run/user/1000/clearance/operator/clearance.sock","activated":false,"served":true,"connections":1}],"notServed":["ask.claude: no fd was handed over"],"rules":{"state":"ok","count":12,"sha256":"abc123","loaded":"2026-11-20T10:00:01.000Z","files":[{"path":"/c/10-work.json","used":true},{"path":"/c/old.txt","used":false,"why":"its name does not end in .json"}],"problems":[]},"audit":{"state":"ok","file":"/s/2026-11.jsonl","seq":1234,"bytes":56789,"anchor":{"seq":1200,"sha256":"def456","time":"2026-11-20T10:05:00.000Z"}},"counters":{"asks":99,"refusedPeers":2},"limits":{"askLineBytes":65536},"kernel":{"peerPidFd":true,"peerGroups":false}}
        """;
}
