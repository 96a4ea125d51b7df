namespace ClearanceDaemon.Tests.Handlers;

/// <summary>The methods of the conformance suite as a program, for both modes.</summary>
internal static class ConfProgram
{
    private const string Source = """
        #!/usr/bin/python3
        import json, os, sys
        for line in iter(sys.stdin.readline, ""):
            call = json.loads(line)
            request = call["params"]["request"]
            method = request["method"]
            answer = {"jsonrpc": "2.0", "id": call["id"]}
            if method == "conf.fail":
                os._exit(1)
            if method == "conf.refuse":
                answer["error"] = {"code": -32602, "message": "not this"}
            else:
                result = {"text": "x" * 40000} if method == "conf.big" else request["params"]
                answer["result"] = {"digest": call["params"]["digest"], "result": result}
            print(json.dumps(answer), flush=True)
        """;

    public static void Install(string manifests, string mode)
    {
        var program = Path.Combine(manifests, "conf.py");
        File.WriteAllText(program, Source);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(manifests, "conf.json"), $$"""
            { "version": 1, "name": "conf", "exec": ["{{program}}"], "mode": "{{mode}}", "deadline": "1m",
              "roles": { "methods": { "conf.echo": "ask", "conf.refuse": "ask", "conf.fail": "ask", "conf.big": "ask", "conf.secret": "operator" } } }
            """);
    }
}
