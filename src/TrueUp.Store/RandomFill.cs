namespace TrueUp.Store;

/// <summary>Fills a buffer with random bytes.</summary>
public delegate void RandomFill(Span<byte> bytes);
