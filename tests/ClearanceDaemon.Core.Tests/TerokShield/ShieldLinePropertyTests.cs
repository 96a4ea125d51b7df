using System.Text;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.TerokShield;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>Random lines, the same ones every time: whatever comes, it is a fault or an ask that holds every limit of asks.</summary>
public sealed class ShieldLinePropertyTests
{
    private static readonly string[] Names = ["type", "container", "dest", "port", "proto", "domain", "dossier", "reason", "id", "x"];

    private static readonly string[] Values =
    [
        "\"pending\"", "\"shield_down\"", "\"c1\"", "\"-x\"", "\"1.2.3.4\"", "\"::1\"", "\"fe80::1%eth0\"", "\"example.com\"", "443", "0", "-1", "6", "17", "1e9", "true", "null",
        "\"\"", "\"\\u001b[31m\"", "[]", "[1,{}]", "{}", "{\"task\":\"t\",\"name\":1.50,\"project\":true,\"deep\":{}}", "\"\\ud83d\\ude00\"",
    ];

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(68);
        var reader = new ShieldLine();
        for (var i = 0; i < 20_000; i++)
        {
            var line = new byte[random.Next(0, 200)];
            random.NextBytes(line);
            var fault = reader.Read(line, out var report);
            Assert.True(fault is null == report is not null);
        }
    }

    [Fact]
    public void No_damage_to_a_good_line_makes_it_throw()
    {
        var random = new Random(69);
        var reader = new ShieldLine();
        var (read, dropped) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var line = Encoding.UTF8.GetBytes(Lines.Pending);
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                line[random.Next(line.Length)] = (byte)random.Next(256);
            }

            _ = reader.Read(line.AsSpan(0, random.Next(2) == 0 ? line.Length : random.Next(line.Length)), out var report) is null ? read++ : dropped++;
            Check(report);
        }

        Assert.True(read > 500 && dropped > 500, $"{read} read, {dropped} dropped");
    }

    [Fact]
    public void No_mixture_of_members_breaks_a_limit()
    {
        var random = new Random(70);
        var reader = new ShieldLine();
        var (asks, notices, faults) = (0, 0, new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < 50_000; i++)
        {
            var fault = reader.Read(Encoding.UTF8.GetBytes(Mixture(random)), out var report);
            faults.Add(fault?.ToString() ?? "");
            asks += report is ShieldReport.Pending ? 1 : 0;
            notices += report is ShieldReport.Notice ? 1 : 0;
            Check(report);
        }

        Assert.True(asks > 100 && notices > 100 && faults.Count > 8, $"{asks} asks, {notices} notices, {faults.Count} outcomes");
    }

    /// <summary>An object of random members; half of them have the values that they should have.</summary>
    private static string Mixture(Random random)
    {
        var members = Names.Where(_ => random.Next(4) > 0).Select(name => $"\"{name}\":{(random.Next(3) > 0 ? Good(name, random) : Values[random.Next(Values.Length)])}");
        return "{" + string.Join(',', members.OrderBy(_ => random.Next())) + "}";
    }

    private static string Good(string name, Random random) => name switch
    {
        "type" => Values[random.Next(2)],
        "container" => "\"c1\"",
        "dest" => Values[random.Next(4, 7)],
        "port" => "443",
        "proto" => "6",
        "domain" => "\"example.com\"",
        "dossier" => Values[^2],
        _ => "\"x\"",
    };

    private static void Check(ShieldReport? report)
    {
        if (report is not ShieldReport.Pending pending)
        {
            return;
        }

        var ask = new AskMembers();
        ShieldAsk.Fill(pending, 1000, ask);
        Assert.True(ActionName.IsValid(ask.Action));
        Assert.InRange(ask.Resource.Length, 1, ProtocolLimits.ResourceBytes);
        Assert.NotEqual((byte)'-', ask.Resource[0]);
        Assert.True(ResourcePath.IsNormalOrNotPath(ask.Resource));
        Assert.InRange(ask[AskMember.Title].Length, 1, ProtocolLimits.TitleBytes);
        Assert.InRange(ask[AskMember.Reason].Length, 0, ProtocolLimits.ReasonBytes);
        Assert.InRange(ask[AskMember.Project].Length, 0, ProtocolLimits.ProjectBytes);
    }
}
