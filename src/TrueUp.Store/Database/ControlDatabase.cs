using System.Data.Common;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Store.Database;

/// <summary>
/// What the store needs to know about the database it lives in. The rest is SQL that every dialect understands
/// (<c>ON CONFLICT</c>, <c>IS NOT DISTINCT FROM</c>, named parameters). Safe for use by several threads.
/// </summary>
internal abstract class ControlDatabase : IDisposable
{
    /// <summary>The dialect's name: the folder of its migrations.</summary>
    public abstract string Dialect { get; }

    /// <summary>Where it is, for messages; holds no secret.</summary>
    public abstract string Place { get; }

    /// <summary>The type of columns that hold times.</summary>
    public abstract string TimeType { get; }

    /// <summary>
    /// The expression for the present moment as leases are compared with it: the database's clock where servers share
    /// one, else the parameter <c>@now</c>, which callers always pass.
    /// </summary>
    public abstract string Now { get; }

    /// <summary>The expression for a number of seconds after <see cref="Now"/>.</summary>
    /// <param name="seconds">A parameter such as <c>@lease</c>, from 0.</param>
    public abstract string After(string seconds);

    /// <summary>Opens a connection that is ready for use; the caller disposes it.</summary>
    /// <exception cref="SideException">It cannot be had; see <see cref="Translate"/>.</exception>
    public abstract DbConnection Connect();

    /// <inheritdoc cref="Connect"/>
    public abstract ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that no other writer is in at the same time as far as migrations go.</summary>
    public abstract DbTransaction BeginExclusive(DbConnection connection);

    /// <summary>After the migrations: sees to it that others read what they may and nothing else.</summary>
    /// <returns>What could not be done, as warnings.</returns>
    public abstract IReadOnlyList<Finding> Secure();

    /// <summary>
    /// Waits until no other transaction that named the same has not ended yet. Where a database has one writer at a
    /// time, every transaction is alone anyway.
    /// </summary>
    public abstract void Lock(DbTransaction transaction, string name);

    /// <summary>Whether commits of this connection survive a loss of power, or only that of the process.</summary>
    public abstract void SetDurable(DbConnection connection, bool durable);

    /// <summary>The names of the tables it holds, those of the database system left out.</summary>
    public abstract IReadOnlyList<string> Tables(DbConnection connection, DbTransaction? transaction);

    /// <summary>A time as a parameter's value.</summary>
    public abstract object Time(DateTimeOffset time);

    /// <summary>A time as a reader gives it.</summary>
    public abstract DateTimeOffset ReadTime(object value);

    /// <summary>The condition that follows a column whose value is one of a list's.</summary>
    /// <param name="list">The name of a parameter whose value is an array.</param>
    public abstract string OneOf(string list);

    /// <summary>The expression that turns a text parameter into the dialect's JSON.</summary>
    public abstract string Json(string parameter);

    /// <summary>A text from outside as it can be stored: what the dialect cannot hold is replaced.</summary>
    public abstract string? Text(string? text);

    /// <summary>A record's key as it can be stored and found: as <see cref="Text"/>, and bounded in length.</summary>
    public abstract string? Key(string? key);

    /// <summary>What a driver's exception means for other jobs.</summary>
    public abstract WriteFault Classify(Exception error);

    /// <summary>A driver's exception as the store reports it: code <c>audit_unavailable</c> or a closer one.</summary>
    public abstract SideException Translate(Exception error);

    /// <inheritdoc />
    public abstract void Dispose();
}
