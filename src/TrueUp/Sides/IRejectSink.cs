namespace TrueUp.Sides;

/// <summary>Takes the records that a reading could not carry.</summary>
public interface IRejectSink
{
    /// <summary>Called once for each such record, by one thread.</summary>
    void Reject(RejectedRecord record);
}
