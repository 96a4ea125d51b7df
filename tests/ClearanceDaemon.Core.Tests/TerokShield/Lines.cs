using System.Text;
using ClearanceDaemon.Core.TerokShield;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>Lines as terok-shield sends them, and short ways to read one.</summary>
internal static class Lines
{
    public const string Pending =
        """{"type":"pending","id":"c1:7","container":"c1","dest":"1.2.3.4","port":443,"proto":6,"domain":"example.com","dossier":{"project":"p","task":"t","name":"n"},"ts":"2026-05-05T10:00:00+00:00"}""";

    public static string Notice(string kind, string container = "c1", string more = "") => $$"""{"type":"{{kind}}","container":"{{container}}"{{more}}}""";

    /// <summary>A pending line of container c1 to 1.2.3.4 with more members, or with others in their place.</summary>
    public static string PendingWith(string more) => $$"""{"type":"pending","container":"c1","dest":"1.2.3.4",{{more}}}""";

    public static ShieldFault? Fault(string line) => new ShieldLine().Read(Encoding.UTF8.GetBytes(line), out _);

    public static T Read<T>(string line)
        where T : ShieldReport
    {
        Assert.Null(new ShieldLine().Read(Encoding.UTF8.GetBytes(line), out var report));
        return Assert.IsType<T>(report);
    }
}
