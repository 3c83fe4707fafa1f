namespace TrueUp.Samples.Sellers;

/// <summary>Where the columns of the sheet <c>Sellers</c> stand.</summary>
internal static class Columns
{
    public const int Number = 0;
    public const int Name = 1;
    public const int InquiryDate = 6;
    public const int HasProperty = 7;

    /// <summary>The header of <c>Sellers</c>.</summary>
    public static readonly IReadOnlyList<string> Sellers =
    [
        "seller_number",
        "name",
        "email",
        "phone",
        "postal_code",
        "city",
        "Inquiry date",
        "has_property",
        "asking_price",
        "notes",
    ];

    /// <summary>The header of <c>Properties</c>.</summary>
    public static readonly IReadOnlyList<string> Properties =
    [
        "property_number",
        "seller_number",
        "address",
        "postal_code",
        "city",
        "rooms",
        "living_area",
        "price",
        "built",
        "garden",
    ];
}
