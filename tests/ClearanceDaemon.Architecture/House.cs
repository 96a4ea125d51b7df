namespace ClearanceDaemon.Architecture;

/// <summary>How a broken rule is told: what was found, why the rule is there, what to do.</summary>
internal static class House
{
    public static void Holds(IEnumerable<string> offences, string why, string instead)
    {
        var found = offences.ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{string.Join("\n", found)}\n\nWhy this is a rule: {why}\nInstead: {instead}");
        }
    }
}
