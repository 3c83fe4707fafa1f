namespace TrueUp.Bench.Faults.Hostile;

/// <summary>One kind of input that comes from outside.</summary>
internal interface IHostileKind
{
    string Name { get; }

    /// <summary>An input nobody should write.</summary>
    byte[] Make(Random random);

    /// <summary>Gives it to the product as a user would.</summary>
    /// <param name="content">The input.</param>
    /// <param name="path">Where a file of it may be written.</param>
    /// <param name="random">For the options it is read with.</param>
    /// <param name="cancellationToken">Ends when the input has used up its time.</param>
    /// <returns>What became of it, for counting.</returns>
    /// <exception cref="BrokenPromiseException">The product did not do as it says.</exception>
    Task<string> ReadAsync(byte[] content, string path, Random random, CancellationToken cancellationToken);
}
