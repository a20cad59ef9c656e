namespace Crm.Analysis.Learning;

/// <summary>One example to learn from.</summary>
public sealed record LabelledText(string Text, string Label);
