using System.Globalization;

namespace TrueUp.Bench.Verifier;

/// <summary>Damage that a column alone does not show.</summary>
internal static class RowKinds
{
    public static IReadOnlyList<Corruption> All { get; } =
    [
        new RowCorruption("a lost row", LoseAsync),
        new RowCorruption("an extra row", ExtraAsync),
        new RowCorruption("a row doubled under another key", DoubleAsync),
        new RowCorruption("a row under another key", MoveAsync),
        new RowCorruption("a row lost and another doubled", ReplaceAsync),
        new RowCorruption("one column's values swapped between two rows", SwapValuesAsync),
        new RowCorruption("two rows swapped whole", SwapRowsAsync),
        new RowCorruption("columns swapped within a row", SwapColumnsAsync),
        new RowCorruption("columns swapped in every row", SwapColumnsEverywhereAsync),
        new RowCorruption("two changes that compensate each other", CompensateAsync),
        new RowCorruption("three changes in different columns", SeveralAsync),
    ];

    private static async Task<IReadOnlyList<long>?> LoseAsync(TargetTable table, Random random, CancellationToken token)
    {
        var id = await table.PickAsync(random, token);
        await table.DeleteAsync(id, token);
        return [id];
    }

    private static async Task<IReadOnlyList<long>?> ExtraAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    )
    {
        var key = TargetTable.NewKey(random);
        await table.CopyAsync(await table.PickAsync(random, token), key, token);
        await table.WriteAsync(key, "name", "Nobody", token);
        return [key];
    }

    private static async Task<IReadOnlyList<long>?> DoubleAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    )
    {
        var key = TargetTable.NewKey(random);
        await table.CopyAsync(await table.PickAsync(random, token), key, token);
        return [key];
    }

    private static async Task<IReadOnlyList<long>?> MoveAsync(TargetTable table, Random random, CancellationToken token)
    {
        var (id, key) = (await table.PickAsync(random, token), TargetTable.NewKey(random));
        await table.RekeyAsync(id, key, token);
        return [id, key];
    }

    private static async Task<IReadOnlyList<long>?> ReplaceAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    )
    {
        var (lost, key) = (await table.PickAsync(random, token), TargetTable.NewKey(random));
        await table.DeleteAsync(lost, token);
        await table.CopyAsync(await table.PickAsync(random, token), key, token);
        return [lost, key];
    }

    private static async Task<IReadOnlyList<long>?> SwapValuesAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    )
    {
        string[] columns = ["name", "big", "amount", "flag", "day", "stamp"];
        var column = columns[random.Next(columns.Length)];
        var (one, other) = (await table.PickAsync(random, token), await table.PickAsync(random, token));
        var (left, right) = (await table.ReadAsync(one, column, token), await table.ReadAsync(other, column, token));
        if (left == right || left is null || right is null)
        {
            return null;
        }
        await table.WriteAsync(one, column, right, token);
        await table.WriteAsync(other, column, left, token);
        return [one, other];
    }

    private static async Task<IReadOnlyList<long>?> SwapRowsAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    )
    {
        var (one, other) = (await table.PickAsync(random, token), await table.PickAsync(random, token));
        if (one == other)
        {
            return null;
        }
        var between = TargetTable.NewKey(random);
        await table.RekeyAsync(one, between, token);
        await table.RekeyAsync(other, one, token);
        await table.RekeyAsync(between, other, token);
        return [one, other];
    }

    private static async Task<IReadOnlyList<long>?> SwapColumnsAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    )
    {
        var id = await table.PickAsync(random, token);
        var (first, second) = (await table.ReadAsync(id, "first", token), await table.ReadAsync(id, "second", token));
        if (first == second)
        {
            return null;
        }
        await table.WriteAsync(id, "first", second, token);
        await table.WriteAsync(id, "second", first, token);
        return [id];
    }

    private static async Task<IReadOnlyList<long>?> SwapColumnsEverywhereAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    ) => await table.SwapAsync("first", "second", token);

    private static async Task<IReadOnlyList<long>?> CompensateAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    )
    {
        var (one, other) = (await table.PickAsync(random, token), await table.PickAsync(random, token));
        if (one == other)
        {
            return null;
        }
        await AddAsync(table, one, 17, token);
        await AddAsync(table, other, -17, token);
        return [one, other];
    }

    private static async Task AddAsync(TargetTable table, long id, int number, CancellationToken token)
    {
        var value = int.Parse((await table.ReadAsync(id, "first", token))!, CultureInfo.InvariantCulture) + number;
        await table.WriteAsync(id, "first", value.ToString(CultureInfo.InvariantCulture), token);
    }

    private static async Task<IReadOnlyList<long>?> SeveralAsync(
        TargetTable table,
        Random random,
        CancellationToken token
    )
    {
        var id = await table.PickAsync(random, token);
        foreach (var column in (string[])["name", "code", "note"])
        {
            await table.WriteAsync(id, column, await table.ReadAsync(id, column, token) + "x", token);
        }
        return [id];
    }
}
