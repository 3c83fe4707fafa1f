using System.Buffers;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>
/// Moves the values of one column between SQLite's storage classes and the send form of a carrier. SQLite lets any
/// column hold
/// any class, so reading has to say when a value is none of the carrier's.
/// </summary>
internal abstract class Cell
{
    /// <summary>True when SQLite orders the stored values as the carrier does, so that ranges can be sought.</summary>
    public virtual bool IsOrdered => false;

    /// <summary>
    /// True when values are stored as text, which a column may compare by another collation than byte by byte.
    /// </summary>
    public virtual bool IsText => false;

    /// <summary>Writes the send form of a value of the statement's current row.</summary>
    /// <param name="statement">A statement that stands on a row.</param>
    /// <param name="column">The result column.</param>
    /// <param name="storage">Its storage class; never null.</param>
    /// <param name="send">Receives it; may hold part of it when the outcome is another.</param>
    public abstract CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send);

    /// <summary>Binds a value in the form the column stores.</summary>
    /// <returns>False when the column cannot hold it exactly.</returns>
    public abstract bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send);
}
