using System.Diagnostics;
using System.Globalization;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A git remote over http on this machine that wants a user and a password: git's own http-backend behind Python's server.</summary>
internal sealed class GitServer : IDisposable
{
    public const string Password = "hunter2";

    private const string Script = """
        import base64, http.server, os, subprocess, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def serve(self):
                if self.headers.get("Authorization") != "Basic " + base64.b64encode(b"me:hunter2").decode():
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="test"')
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                path, _, query = self.path.partition("?")
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                environment = dict(os.environ, GIT_PROJECT_ROOT=sys.argv[1], GIT_HTTP_EXPORT_ALL="1", PATH_INFO=path, QUERY_STRING=query,
                    REQUEST_METHOD=self.command, CONTENT_TYPE=self.headers.get("Content-Type", ""), CONTENT_LENGTH=str(len(body)), REMOTE_USER="me",
                    HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""), GIT_PROTOCOL=self.headers.get("Git-Protocol", ""))
                head, _, content = subprocess.run(["git", "http-backend"], input=body, env=environment, stdout=subprocess.PIPE).stdout.partition(b"\r\n\r\n")
                headers = [line.split(": ", 1) for line in head.decode().split("\r\n")]
                self.send_response(int(dict(headers).get("Status", "200").split()[0]))
                for name, value in headers:
                    if name != "Status":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            do_GET = do_POST = serve
            def log_message(self, *_):
                pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """;

    private readonly Process _process;

    public GitServer(ToolBench bench)
    {
        bench.Run("mkdir remote && git init -q --bare remote/app.git").Expect(0);
        _process = Command.Start(bench.Home.Environment, "/usr/bin/python3", "-c", Script, bench.At("remote"));
        Port = int.Parse(_process.StandardOutput.ReadLine() ?? _process.StandardError.ReadToEnd(), CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/app.git";

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
