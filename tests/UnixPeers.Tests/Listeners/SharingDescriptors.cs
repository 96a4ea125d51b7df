namespace UnixPeers.Tests.Listeners;

/// <summary>Tests that clear close-on-exec for a moment run alone: a child of any other test would inherit the descriptor too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SharingDescriptors
{
    public const string Name = "sharing descriptors";
}
