namespace TrueUp.Connectors.Files.Records;

/// <summary>Where a field's text stands in its record's buffer, quotes around it left out.</summary>
internal readonly record struct Field(int Start, int Length, FieldForm Form);
