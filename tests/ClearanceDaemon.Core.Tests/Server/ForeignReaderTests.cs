using System.Diagnostics;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>What the daemon writes, read by a program that shares no line with it: Python's own json, hashlib and datetime.</summary>
public sealed class ForeignReaderTests
{
    private const string Prelude = """
        import datetime, hashlib, json, os, socket, sys
        root = sys.argv[1]

        def exchange(name, method, **params):
            with socket.socket(socket.AF_UNIX) as s:
                s.connect(os.path.join(root, name, 's'))
                s.settimeout(30)
                s.sendall((json.dumps({'jsonrpc': '2.0', 'id': 7, 'method': method, 'params': params}) + '\n').encode())
                for line in s.makefile('rb'):
                    reply = json.loads(line.decode('utf-8'))
                    assert line.endswith(b'\n') and reply['jsonrpc'] == '2.0', reply
                    if 'id' in reply:
                        assert reply['id'] == 7 and type(reply['id']) is int, reply
                        return reply.get('result') or reply['error']

        def has(value, **types):
            for name, kind in types.items():
                assert type(value[name]) is kind, (name, value)

        def is_time(text):
            assert len(text) == 24 and text.endswith('Z'), text
            datetime.datetime.strptime(text, '%Y-%m-%dT%H:%M:%S.%fZ')

        """;

    [Fact]
    public void B21_identity_arrives_as_the_numbers_it_is()
    {
        using var daemon = new TestDaemon();
        Python(daemon, """
            hello = exchange('ask', 'clearance.hello')
            has(hello, version=str, protocol=int, features=list, role=str, via=str, limits=dict, peer=dict)
            has(hello['peer'], uid=int, gid=int, pid=int)
            assert hello['peer'] == {'uid': os.getuid(), 'gid': os.getgid(), 'pid': os.getpid()}, hello
            assert all(type(limit) is int for limit in hello['limits'].values()), hello
            assert exchange('ask', 'clearance.ping')['pong'] is True
            """);
    }

    [Fact]
    public void B21_errors_carry_a_number_and_a_name()
    {
        using var daemon = new TestDaemon();
        Python(daemon, """
            for method, params, code, name in (
                    ('clearance.nothing', {}, -32601, 'method_not_found'),
                    ('clearance.ask', {'action': 'NOT AN ACTION'}, -32602, 'invalid_params'),
                    ('clearance.wait', {'id': '0' * 32}, -32004, 'unknown_request')):
                error = exchange('ask', method, **params)
                has(error, code=int, message=str, data=dict)
                assert (error['code'], error['data']['code']) == (code, name), error
            """);
    }

    [Fact]
    public void B21_a_digest_is_the_one_that_others_compute()
    {
        using var daemon = new TestDaemon();
        Python(daemon, """
            ask = {'action': 'demo.unheard', 'resource': 'a "quoted" \u00e9\u20ac\U0001f600 \\ /', 'reason': 'line\nbreak\ttab',
                   'argv': ['sh', '-c', 'true', ''], 'details': {'b': True, 'a': -9007199254740991, 'z': 'text', '\u00e4': 0}, 'title': 't', 'as': 'self'}
            result = exchange('ask', 'clearance.ask', wait='0s', **ask)
            frozen = dict(ask, v=1, uid=os.getuid(), via='ask')
            # For these members RFC 8785 asks for no more than Python's sorted, compact form.
            canonical = json.dumps(frozen, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode()
            assert result['digest'] == 'sha256:' + hashlib.sha256(canonical).hexdigest(), (result, canonical)
            """);
    }

    [Fact]
    public void B21_the_audit_chain_holds_for_another_reader()
    {
        using var daemon = new TestDaemon();
        for (var i = 0; i < 5; i++)
        {
            daemon.AskOnce("""{"action":"demo.read","resource":"\u001b[31m \u00e9"}""");
        }

        Python(daemon, """
            names = sorted(os.listdir(os.path.join(root, 'state', 'audit')))
            lines = [line for name in names for line in open(os.path.join(root, 'state', 'audit', name), 'rb').read().split(b'\n')[:-1]]
            previous, number = '0' * 64, None
            for line in lines:
                record = json.loads(line)
                has(record, v=int, seq=int, time=str, kind=str, prev=str)
                is_time(record['time'])
                assert record['prev'].removeprefix('sha256:') == previous, record
                assert number is None or record['seq'] == number + 1, record
                previous, number = hashlib.sha256(line).hexdigest(), record['seq']
            assert len(lines) >= 6, lines
            """);
    }

    [Fact]
    public void B21_what_an_operator_reads_has_its_types()
    {
        using var daemon = new TestDaemon();
        daemon.AskOnce("""{"action":"demo.write"}""");
        Python(daemon, """
            status = exchange('operator', 'daemon.status')
            has(status, sockets=list, rules=dict, audit=dict, counters=dict)
            assert all(type(n) is int for n in status['counters'].values()), status
            for found in exchange('operator', 'rules.list')['rules']:
                has(found, id=str, action=str, decision=str)
            for record in exchange('operator', 'audit.read')['records']:
                has(record, seq=int, kind=str)
                is_time(record['time'])
            """);
    }

    private static void Python(TestDaemon daemon, string script)
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), "python3 is not installed");
        using var process = Process.Start(new ProcessStartInfo(python, ["-I", "-c", Prelude + script, daemon.Root]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
