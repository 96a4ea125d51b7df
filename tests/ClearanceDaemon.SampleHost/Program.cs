// A host of one's own on ClearanceDaemon.Core, with a method and a role that the daemon does not have: SampleHost DIRECTORY
// serves DIRECTORY/ask, DIRECTORY/operator and DIRECTORY/ci by the rules in DIRECTORY/rules.d.
using System.Text.Json.Serialization;
using ClearanceDaemon.Core;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.SampleHost;
using Microsoft.Extensions.Hosting;
using UnixPeers;

PrivateDirectory.Ensure(args[0], "directory", owned: true);
using var only = InstanceLock.Acquire(Path.Combine(args[0], "lock"), "lock");
var setup = new ClearanceSetup
{
    Sockets = [Bind("ask", CallerRoles.Ask), Bind("operator", CallerRoles.Operator), Bind("ci", BuildReport.Ci)],
    RulePaths = [Path.Combine(args[0], "rules.d")],
    StateDirectory = Path.Combine(args[0], "state"),
};
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddClearanceDaemon(setup, new ClearanceOptions());
builder.Services.AddRequestHandler<BuildReport>();
using var host = builder.Build();
host.Run();

ServedSocket Bind(string name, CallerRoles role) => new(
    name,
    role,
    UnixListener.Bind(UnixAddress.FromPath(Path.Combine(args[0], name, "clearance.sock")), new() { Label = $"{name} socket", OwnsDirectory = true }));

namespace ClearanceDaemon.SampleHost
{
    /// <summary><c>build.report</c>, for whoever reaches the ci socket, and for nobody else.</summary>
    internal sealed class BuildReport() : RequestHandler<BuildParams, BuildResult>("build.report", Ci, SampleJson.Default.BuildParams, SampleJson.Default.BuildResult)
    {
        public const CallerRoles Ci = CallerRoles.Own;
        private readonly List<int> _seconds = [];

        protected override ValueTask<Answer<BuildResult>> HandleAsync(BuildParams parameters, Caller caller, CancellationToken aborted)
        {
            if (parameters.Seconds < 0)
            {
                return new(new RpcError(RpcErrorCode.InvalidParams, "a build takes no less than no time") { Member = "seconds" });
            }

            _seconds.Add(parameters.Seconds);
            return new(new BuildResult(_seconds.Count, _seconds.Max(), caller.Credentials.Pid));
        }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record BuildParams(string Commit, int Seconds);

    internal sealed record BuildResult(int Builds, int Slowest, int? Reporter);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(BuildParams))]
    [JsonSerializable(typeof(BuildResult))]
    internal sealed partial class SampleJson : JsonSerializerContext;
}
