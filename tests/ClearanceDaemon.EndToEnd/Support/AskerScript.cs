namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>
/// A program that asks and decides from processes of different kin, in python, so that the processes are exactly those that the
/// test names. <c>ask</c> says <c>asked ID DIGEST</c>; every verdict says <c>allow allowed</c> or <c>allow CODE MESSAGE</c>, after which it
/// is denied; and the asker says <c>asker OUTCOME</c>.
/// </summary>
internal static class AskerScript
{
    public const string Text = """
        import json, os, socket, sys
        class Line:
            def __init__(self, path):
                self.socket = socket.socket(socket.AF_UNIX)
                self.socket.connect(path)
                self.file, self.last, self.early = self.socket.makefile("rw"), 0, []
            def send(self, method, **parameters):
                self.last += 1
                self.file.write(json.dumps({"jsonrpc": "2.0", "id": self.last, "method": method, "params": parameters}) + "\n")
                self.file.flush()
                return self.last
            def receive(self, wanted):
                for line in self.early:
                    if wanted(line): return line
                while True:
                    line = json.loads(self.file.readline())
                    if wanted(line): return line
                    self.early.append(line)
        def say(*words): print(*words, flush=True)
        def ask(line, **more):
            number = line.send("clearance.ask", action=action, **more)
            return number, line.receive(lambda m: "method" in m)["params"]
        def outcome(line, number): say("asker", line.receive(lambda m: m.get("id") == number)["result"]["outcome"])
        def decide(line, asked):
            for verdict in ("allow", "deny"):
                number = line.send("clearance.decide", id=asked["id"], digest=asked["digest"], verdict=verdict)
                answer = line.receive(lambda m: m.get("id") == number)
                if "result" in answer:
                    say(verdict, answer["result"]["outcome"])
                    return
                say(verdict, answer["error"]["data"]["code"], answer["error"]["message"])
        def child(work):
            pid = os.fork()
            if pid == 0:
                work()
                os._exit(0)
            os.waitpid(pid, 0)
        def asking_child(then, **more):
            read, write = os.pipe()
            pid = os.fork()
            if pid == 0:
                line = Line(ask_socket)
                number, asked = ask(line, **more)
                os.write(write, json.dumps(asked).encode() + b"\n")
                outcome(line, number)
                os._exit(0)
            with os.fdopen(read) as pipe: then(json.loads(pipe.readline()))
            os.waitpid(pid, 0)
        def elsewhere(asked): decide(Line(operator_socket), asked)
        def leave(asked):
            os.setsid()
            elsewhere(asked)
        relation, ask_socket, operator_socket, action = sys.argv[1:5]
        if relation == "decide": elsewhere({"id": sys.argv[5], "digest": sys.argv[6]})
        elif relation == "parent": asking_child(elsewhere)
        elif relation == "principal": asking_child(elsewhere, **{"as": "parent"})
        elif relation == "sibling": asking_child(lambda asked: child(lambda: leave(asked)))
        elif relation == "principals-child": asking_child(lambda asked: child(lambda: leave(asked)), **{"as": "parent"})
        else:
            line = Line(operator_socket if relation == "connection" else ask_socket)
            number, asked = ask(line)
            if relation == "ask": say("asked", asked["id"], asked["digest"])
            elif relation == "connection": decide(line, asked)
            elif relation == "process": elsewhere(asked)
            elif relation == "child": child(lambda: leave(asked))
            elif relation == "grandchild": child(lambda: child(lambda: leave(asked)))
            outcome(line, number)
        """;

    /// <summary>The command that runs it.</summary>
    public static string[] Command(string relation, string askSocket, string operatorSocket, string action, params IEnumerable<string> more) =>
        ["/usr/bin/python3", "-c", Text, relation, askSocket, operatorSocket, action, .. more];
}
