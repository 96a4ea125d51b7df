namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>Programs for handlers. Each is a whole script.</summary>
internal static class Scripts
{
    /// <summary>What every Python program here begins with: reading requests and answering them.</summary>
    private const string Python = """
        #!/usr/bin/python3
        import json, os, signal, subprocess, sys, time
        def answer(r, **more):
            line = {"jsonrpc": "2.0", "id": r["id"], "result": {"digest": r["params"]["digest"], "result": {"hello": r["params"]["request"].get("params", {}).get("name", "world")}}}
            line.update(more)
            print(json.dumps(line), flush=True)
        def requests():
            for line in iter(sys.stdin.readline, ""):
                yield json.loads(line)

        """;

    public const string Good = Python + """
        for r in requests():
            answer(r)
        """;

    public static string Of(string python) => Python + python;

    /// <summary>The same in the shell, which takes the digest without a JSON reader.</summary>
    public const string Shell = """
        #!/bin/sh
        while read -r line; do
            digest=${line##*\"digest\":\"}; digest=${digest%%\"*}
            id=${line#*\"id\":}; id=${id%%,*}
            printf '{"jsonrpc":"2.0","id":%s,"result":{"digest":"%s","result":{"hello":"sh"}}}\n' "$id" "$digest"
        done
        """;
}
