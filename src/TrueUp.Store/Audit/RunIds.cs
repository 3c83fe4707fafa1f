using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TrueUp.Store.Audit;

/// <summary>
/// Makes identifiers of runs: ULIDs (https://github.com/ulid/spec), 26 characters of which 10 are the time in
/// milliseconds and 16 are random. They sort by time; within one millisecond, those of one process sort in the order
/// they were made.
/// </summary>
internal sealed class RunIds(TimeProvider clock, RandomFill? random = null)
{
    /// <summary>Characters of an identifier.</summary>
    public const int Length = 26;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int RandomBits = 80;
    private const int TimeLength = 10;

    private static readonly long MillisecondsMax = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static readonly UInt128 RandomMask = (UInt128.One << RandomBits) - 1;

    private readonly RandomFill _random = random ?? RandomNumberGenerator.Fill;
    private readonly Lock _gate = new();
    private UInt128 _last;

    /// <summary>A new identifier.</summary>
    public string Next()
    {
        lock (_gate)
        {
            var time = (UInt128)(ulong)clock.GetUtcNow().ToUnixTimeMilliseconds() << RandomBits;
            // A clock that stands still or goes back must not put a later run before an earlier one.
            _last = time > (_last & ~RandomMask) ? time | RandomPart() : _last + 1;
            return Format(_last);
        }
    }

    /// <summary>Whether a text has the form of an identifier, and so is safe as a file's name.</summary>
    public static bool IsValid(string text) => text.Length == Length && text.All(c => Alphabet.Contains(c));

    /// <summary>When a run's identifier was made, to the millisecond.</summary>
    /// <param name="id">A valid identifier.</param>
    public static DateTimeOffset TimeOf(string id)
    {
        var milliseconds = 0L;
        foreach (var character in id.AsSpan(0, TimeLength))
        {
            milliseconds = (milliseconds << 5) | (long)Alphabet.IndexOf(character);
        }
        return milliseconds > MillisecondsMax
            ? DateTimeOffset.MaxValue
            : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    private UInt128 RandomPart()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random(bytes);
        // One bit stays free, so that counting up within a millisecond does not run into the time.
        return BinaryPrimitives.ReadUInt128BigEndian(bytes) & (RandomMask >> 1);
    }

    private static string Format(UInt128 value) =>
        string.Create(
            Length,
            value,
            static (text, rest) =>
            {
                for (var i = text.Length - 1; i >= 0; i--)
                {
                    text[i] = Alphabet[(int)(rest & 31)];
                    rest >>= 5;
                }
            }
        );
}
