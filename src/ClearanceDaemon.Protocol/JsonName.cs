namespace ClearanceDaemon.Protocol;

/// <summary>Where a member's name stands in a text, or, in <see cref="JsonNames"/>' list, where an object began.</summary>
/// <param name="Start">Position behind the opening quote.</param>
/// <param name="Length">Raw length, escapes not decoded.</param>
/// <param name="Object">Position of the object's brace.</param>
/// <param name="Hash">A quick or a seeded hash, by place.</param>
internal readonly record struct JsonName(int Start, int Length, int Object, uint Hash);
