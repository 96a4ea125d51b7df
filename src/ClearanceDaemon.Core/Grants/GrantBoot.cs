namespace ClearanceDaemon.Core.Grants;

/// <summary>The boot a grant belongs to.</summary>
/// <param name="Id">The boot's name.</param>
/// <param name="Expires">When the grant ends, on this boot's clock; null when it has no end in time.</param>
internal readonly record struct GrantBoot(string Id, TimeSpan? Expires);
