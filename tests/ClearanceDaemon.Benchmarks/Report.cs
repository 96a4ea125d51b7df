using System.Globalization;
using System.Text;

namespace ClearanceDaemon.Benchmarks;

/// <summary>The run as a page of Markdown, which is also what is kept in the tree.</summary>
internal static class Report
{
    private const string HowToRead =
        """
        *limit* is `native/limit.c`: one epoll thread, credentials read on accept, a fixed answer, no JSON read. It is measured in
        turn with the daemon, with the same request lines, by the same client (`native/load.c`, which checks every reply). *ratio* is
        daemon to limit in the same round, the median of the rounds, with the smallest and the largest round behind it.

        **Ratios of one run count, absolute figures do not travel.** Machines of this kind are noisy: a virtual CPU is taken away now
        and then, which shows in p99 and in the spread. What must hold on every run should leave 15 %. `--self` measures the limit
        against itself; what differs from 1.00 there is noise.

        - *one core*: one connection, one request at a time, client and server on CPU 0: work and context switches only. Unpinned, the
          same would measure how fast an idle virtual CPU wakes up.
        - *16×1*, *4×32*: connections × requests in flight on each. The client is one thread and uses the other CPU.
        - *CPU a request* counts all threads of the server, those that write and sync the audit too.
        - *ask* is decided by one of 100 rules (exact, suffix, glob), and its audit record is written before the answer.
        - Servers are measured once they have come to rest after their start.
        - *memory per idle connection* is growth of PSS over 2000 connections that each asked once; kernel memory is not in it.
        - *cold start*: `connect()` on a held listening socket, exec, first verdict, as under socket activation.
        - *hook* is `clearance hook claude-code`, start to end, once for each of the 200 calls of the agent's day in
          `tests/ClearanceDaemon.Cli.Tests/Hooks/Fixtures`, under its 12 rules with nobody there; its limit is the C client's ping.
        - *`clearance ping`* has the C client's ping, start to end, as its limit. *1 → 100 000 rules* has the daemon with one rule.
        - *call of a program* is from request to answer through daemon and handlers process; *ask beside handlers* has a daemon with no
          handler at work as its limit.
        """;

    public static string Write(BenchmarkOptions options, Subject subject, MachineFacts machine, Figures figures)
    {
        var text = new StringBuilder("# Measured\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{machine.Started:yyyy-MM-dd HH:mm} UTC; {machine.Processors} × {machine.Processor}, {machine.Memory}, {machine.Kernel}. ");
        text.Append(CultureInfo.InvariantCulture, $"Under test: {subject.Name} ({BinaryFacts.Framework(subject)}). ");
        var rounds = options.Rounds == 1 ? "1 round" : $"{options.Rounds} rounds";
        var caveat = options.Quick ? " (--quick: a first look only)" : "";
        text.Append(CultureInfo.InvariantCulture, $"{rounds}, {Number.Short(options.Seconds)} s a figure{caveat}.");
        if (figures.Noise.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture,
                $" Others kept {Number.Median(figures.Noise):F2} CPUs busy meanwhile (at most {figures.Noise.Max():F2}).");
        }

        text.Append("\n\n");
        text.Append("| figure | unit | limit | measured | ratio (rounds) | goal | |\n|---|---|---:|---:|---:|---|---|\n");
        foreach (var figure in figures.All)
        {
            text.Append(Line(figure));
        }

        return text.Append("\n## How to read it\n\n").Append(HowToRead).Append('\n').ToString();
    }

    private static string Line(Figure figure)
    {
        var goal = figure.Goal?.Describe() ?? "";
        if (figure.IsEmpty)
        {
            return $"| {figure.Name} | | | | | {goal} | {figure.Verdict()}: {figure.Failure?.ReplaceLineEndings(" ")} |\n";
        }

        var limit = figure.Limit is { } value ? Number.Short(value) : "";
        var measured = Number.Short(figure.Value) + (figure.Goal is { OfRatio: false } ? Range(figure.Values, Number.Short) : "");
        return $"| {figure.Name} | {figure.Unit} | {limit} | {measured} | {Spread(figure)} | {goal} | {figure.Verdict()} |\n";
    }

    private static string Spread(Figure figure)
    {
        var ratios = figure.Ratios;
        return ratios.Count == 0
            ? ""
            : Number.Ratio(Number.Median(ratios)) + Range(ratios, Number.Ratio);
    }

    private static string Range(IReadOnlyList<double> rounds, Func<double, string> format) =>
        rounds.Count == 1 ? "" : $" ({format(rounds.Min())}–{format(rounds.Max())})";
}
