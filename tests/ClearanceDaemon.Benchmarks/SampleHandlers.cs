namespace ClearanceDaemon.Benchmarks;

/// <summary>Programs in the shell: two that answer as they should, and three that never do.</summary>
internal static class SampleHandlers
{
    public static readonly string[] Zoo = ["zoo.hangs", "zoo.dies", "zoo.forks"];

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string Answer = """
        answer() { digest=${line##*\"digest\":\"}; digest=${digest%%\"*}; id=${line#*\"id\":}; id=${id%%,*}
          printf '{"jsonrpc":"2.0","id":%s,"result":{"digest":"%s","result":{}}}\n' "$id" "$digest"; }
        """;

    public static void Write(string directory)
    {
        Write(directory, "kept", "kept", "5s", ["kept.call"], $"{Answer}\nwhile read -r line; do answer; done\n");
        Write(directory, "each", "request", "5s", ["each.call"], $"{Answer}\nread -r line; answer\n");
        Write(directory, "zoo", "request", "50ms", Zoo, """
            read -r line
            case $line in
              *zoo.hangs*) exec sleep 600 ;;
              *zoo.forks*) setsid sh -c 'sleep 600 & sleep 600' & sleep 600 ;;
            esac

            """);
    }

    private static void Write(string directory, string name, string mode, string deadline, string[] methods, string script)
    {
        var program = Path.Combine(directory, name + ".sh");
        File.WriteAllText(program, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(program, Executable);
        var roles = string.Join(", ", methods.Select(static method => $"\"{method}\": \"operator\""));
        File.WriteAllText(Path.Combine(directory, name + ".json"), $$"""
            { "version": 1, "name": "{{name}}", "exec": ["{{program}}"], "mode": "{{mode}}", "deadline": "{{deadline}}", "roles": { "methods": { {{roles}} } } }
            """);
    }
}
