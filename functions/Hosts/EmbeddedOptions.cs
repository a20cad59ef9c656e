namespace Crm.Hosts;

/// <param name="Data">Null: <c>data</c>, or with the demo a fresh temporary folder.</param>
public sealed record EmbeddedOptions(string Urls, string? Data, bool Demo);
