using System.Text;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>Random asks and bindings, the same ones every time.</summary>
public sealed class BindingPropertyTests
{
    private static readonly AskMember[] Optional = [AskMember.Resource, AskMember.Project, AskMember.As, AskMember.Title, AskMember.Reason];
    private static readonly string[] Words = ["", "a", "b", "a b", "*", "ä", "\"", "\u0001", "web1", "/srv", "nul l"];

    [Fact]
    public void B57_change_drop_or_add_any_one_bound_member_and_it_asks_again()
    {
        var random = new Random(57);
        var checks = 0;
        for (var round = 0; round < 2000; round++)
        {
            var ask = new Shape(random);
            var bind = random.Next(3) == 0 ? null : ask.Bind(random);
            var match = GrantMatch.TryBind(ask.Build(), bind, out var fault);
            Assert.True(match is not null, fault);
            match = RoundTrip(match);
            Assert.True(match.Fits(ask.Build()));
            Assert.Empty(match.Differences(ask.Build()));
            foreach (var (changed, member) in ask.Variants(random))
            {
                var isBound = bind is null || bind.Contains(member) || (member.StartsWith("details.", StringComparison.Ordinal) && (bind.Contains("details") || !ask.HasDetails))
                    || member is "argv" or "details.command" || (member is "resource" or "project" && !ask.Has(member));
                Assert.Equal(!isBound, match.Fits(changed));
                Assert.Equal(isBound ? [member] : [], match.Differences(changed));
                Assert.Equal(isBound ? 1 : 0, match.CountDifferences(changed));
                checks++;
            }
        }

        Assert.True(checks > 10_000, $"{checks} checks");
    }

    private static GrantMatch RoundTrip(GrantMatch match)
    {
        var json = new LineBuffer();
        GrantMatchJson.Write(match, json);
        using var document = System.Text.Json.JsonDocument.Parse(json.Written.ToArray());
        return GrantMatchJson.Read(document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value))!;
    }

    /// <summary>An ask taken apart, so that one thing of it can be changed.</summary>
    private sealed class Shape
    {
        private readonly Dictionary<AskMember, string> _texts = [];
        private readonly Dictionary<string, object> _details = [];
        private bool _hasDetails;
        private List<string>? _argv;

        public bool HasDetails => _hasDetails;

        public bool Has(string text) => _texts.Keys.Any(member => string.Equals(member.ToString(), text, StringComparison.OrdinalIgnoreCase));

        public Shape(Random random)
        {
            foreach (var member in Optional.Where(_ => random.Next(2) == 0))
            {
                _texts[member] = Word(random);
            }

            _hasDetails = random.Next(3) > 0;
            for (var i = _hasDetails ? random.Next(5) : 0; i > 0; i--)
            {
                _details[random.Next(6) == 0 ? "command" : "d" + random.Next(8)] = random.Next(3) switch { 0 => Word(random), 1 => (long)random.Next(3), _ => random.Next(2) == 0 };
            }

            // Only a string is a command.
            if (_details.ContainsKey("command"))
            {
                _details["command"] = "id";
            }

            _argv = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => Word(random))];
        }

        private Shape(Shape other)
        {
            (_texts, _details) = (new(other._texts), new(other._details));
            (_hasDetails, _argv) = (other._hasDetails, other._argv is null ? null : [.. other._argv]);
        }

        public AskMembers Build()
        {
            var ask = new AskMembers { Uid = 1000, HasArgv = _argv is not null, HasDetails = _hasDetails };
            ask.Set(AskMember.Action, "a.b"u8);
            foreach (var (member, text) in _texts)
            {
                ask.Set(member, Encoding.UTF8.GetBytes(text));
            }

            foreach (var element in _argv ?? [])
            {
                ask.AddArgv(Encoding.UTF8.GetBytes(element));
            }

            foreach (var (name, value) in _details)
            {
                AddDetail(ask, Encoding.UTF8.GetBytes(name), value);
            }

            return ask;
        }

        /// <summary>A random choice of names that is allowed for this ask.</summary>
        public List<string> Bind(Random random)
        {
            var bind = new List<string> { "action" };
            bind.AddRange(Optional.Where(_ => random.Next(2) == 0).Select(static member => member.ToString().ToLowerInvariant()));
            if (_argv is not null || random.Next(2) == 0)
            {
                bind.Add("argv");
            }

            if (random.Next(2) == 0)
            {
                bind.Add("details");
            }
            else
            {
                bind.AddRange(_details.Keys.Where(name => name == "command" || random.Next(2) == 0).Select(static name => "details." + name));
            }

            return bind;
        }

        /// <summary>The same ask with one member changed, dropped or added, and that member's name.</summary>
        public IEnumerable<(AskMembers Ask, string Member)> Variants(Random random)
        {
            foreach (var member in Optional)
            {
                yield return (With(shape => Toggle(shape._texts, member)), member.ToString().ToLowerInvariant());
                if (_texts.ContainsKey(member))
                {
                    yield return (With(shape => shape._texts[member] += "x"), member.ToString().ToLowerInvariant());
                }
            }

            yield return (With(static shape => shape._argv = shape._argv is null ? [] : null), "argv");
            yield return (With(shape => (shape._argv ??= []).Insert(random.Next(shape._argv.Count + 1), "more")), "argv");
            foreach (var name in _details.Keys)
            {
                yield return (With(shape => shape._details[name] = shape._details[name] is string text ? text + "x" : "x"), "details." + name);
                yield return (With(shape => shape._details.Remove(name)), "details." + name);
            }

            yield return (With(static shape => (shape._hasDetails, shape._details["new"]) = (true, 1L)), "details.new");
            if (!_details.ContainsKey("command"))
            {
                yield return (With(static shape => (shape._hasDetails, shape._details["command"]) = (true, "id")), "details.command");
            }
        }

        private AskMembers With(Action<Shape> change)
        {
            var copy = new Shape(this);
            change(copy);
            return copy.Build();
        }

        private static void Toggle(Dictionary<AskMember, string> texts, AskMember member)
        {
            if (!texts.Remove(member))
            {
                texts[member] = "";
            }
        }

        private static void AddDetail(AskMembers ask, byte[] name, object value)
        {
            switch (value)
            {
                case string text:
                    ask.AddDetail(name, Encoding.UTF8.GetBytes(text));
                    break;
                case bool flag:
                    ask.AddDetail(name, DetailKind.Bool, flag ? 1 : 0);
                    break;
                default:
                    ask.AddDetail(name, DetailKind.Integer, (long)value);
                    break;
            }
        }

        private static string Word(Random random) => Words[random.Next(Words.Length)];
    }
}
