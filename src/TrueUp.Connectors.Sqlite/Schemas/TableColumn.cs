namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>One column of a table or view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How it is declared.</param>
/// <param name="IsNotNull">Whether null is forbidden.</param>
/// <param name="KeyPosition">Its place in the primary key, from 1; 0 when it is not in it.</param>
/// <param name="IsGenerated">Whether SQLite computes it.</param>
internal sealed record TableColumn(string Name, DeclaredType Type, bool IsNotNull, int KeyPosition, bool IsGenerated);
