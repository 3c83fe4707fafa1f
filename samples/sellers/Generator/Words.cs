namespace TrueUp.Samples.Sellers;

/// <summary>What invented people, places and remarks are made of.</summary>
internal static class Words
{
    public static readonly string[] GivenNames =
    [
        "Ada",
        "Björn",
        "Chloé",
        "Dorothea",
        "Emeka",
        "Fatima",
        "Giulia",
        "Håkon",
        "Ines",
        "José",
        "Katarzyna",
        "Liam",
        "Mei",
        "Noor",
        "Ólafur",
        "Petra",
        "Quentin",
        "Rosa",
        "Søren",
        "Tomás",
        "Ursula",
        "Viktor",
        "Wanda",
        "Xaver",
        "Yusuf",
        "Zoë",
    ];

    public static readonly string[] FamilyNames =
    [
        "Albrecht",
        "Brandão",
        "Chen",
        "D'Angelo",
        "Eriksson",
        "Fröhlich",
        "García Márquez",
        "Hansen",
        "Ivanova",
        "Jørgensen",
        "Kowalski",
        "Lefèvre",
        "Müller-Lüdenscheidt",
        "Novák",
        "O’Brien",
        "Papadopoulos",
        "Quispe",
        "Rossi",
        "Şahin",
        "Tanaka",
        "Unger",
        "van der Berg",
        "Weiß",
        "Xu",
        "Yıldız",
        "Zimmermann",
    ];

    public static readonly string[] Cities =
    [
        "Aachen",
        "Dresden",
        "Frankfurt (Oder)",
        "Görlitz",
        "Halle (Saale)",
        "Köln",
        "Leipzig",
        "München",
        "Rostock",
        "Zwickau",
    ];

    public static readonly string[] Streets =
    [
        "Am Weinberg",
        "Bahnhofstraße",
        "Calle de la Cruz",
        "Dorfstr.",
        "Goethestraße",
        "Lange Zeile",
        "Rue de l'Église",
        "Straße des 17. Juni",
    ];

    /// <summary>What real sheets hold and careless tools damage.</summary>
    public static readonly string[] Notes =
    [
        "Wants a quick sale.",
        "Call after 6 pm,\nnot on Mondays.\n\nAsk for the keys.",
        "She said \"maybe\", he said \"never\".",
        "\"",
        "Roof, windows, heating: new",
        "=SUM(A1:A9)",
        "=HYPERLINK(\"https://example.com\";\"plans\")",
        "+49 is the prefix",
        "-",
        "@home in the evening",
        "007",
        "1e5",
        "TRUE",
        "NULL",
        "2024-02-30",
        "  two blanks before, two after  ",
        "Schöne Aussicht – 360° 🏡",
        "見学は週末のみ",
        "هدوء وقريب من المدرسة",
        "e\u0301 is not é byte by byte",
        "a;b\tc|d",
        "C:\\plans\\ground floor.pdf",
        "100 % sure & <certain>",
    ];
}
