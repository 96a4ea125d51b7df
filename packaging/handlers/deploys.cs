#:property PublishAot=false
#:property InvariantGlobalization=true
// Keeps a list of allowed deployments, and shows its end to operators: an effect and a method in one program.
// Kept: started once, then a line in and a line out for each request, until stdin ends.
using System.Text.Json.Nodes;

var list = args[0];
while (Console.In.ReadLine() is { } line)
{
    var call = JsonNode.Parse(line)!;
    var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone() };
    try
    {
        answer["result"] = Answer(call["method"]!.GetValue<string>(), call["params"]!);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        answer["error"] = new JsonObject { ["code"] = -32603, ["message"] = e.Message };
    }

    Console.WriteLine(answer.ToJsonString());
}

JsonObject Answer(string method, JsonNode parameters)
{
    var digest = parameters["digest"]!.GetValue<string>();
    if (method == "handler.call")
    {
        return new JsonObject { ["digest"] = digest, ["result"] = new JsonObject { ["deploys"] = new JsonArray([.. Lines().TakeLast(20)]) } };
    }

    // In a test nothing may follow.
    var isTest = parameters["test"]?.GetValue<bool>() ?? false;
    if (!isTest && parameters["verdict"] is { } verdict && verdict["outcome"]!.GetValue<string>() == "allowed")
    {
        Add(verdict["id"]!.GetValue<string>(), parameters["request"]!);
    }

    return new JsonObject { ["digest"] = digest, ["ok"] = true };
}

// An effect that failed is tried again with the same id: what is listed already is not listed twice.
void Add(string id, JsonNode request)
{
    if (!Lines().Any(line => line!.GetValue<string>().StartsWith(id)))
    {
        File.AppendAllText(list, $"{id} {DateTimeOffset.UtcNow:O} {request["action"]} {request["resource"]?.ToJsonString()}\n");
    }
}

IEnumerable<JsonNode?> Lines() => File.Exists(list) ? File.ReadLines(list).Select(line => (JsonNode?)line) : [];
