namespace TrueUp.Undo;

/// <summary>What a run kept, by unit: read once before anything is done with it.</summary>
internal sealed class ImageIndex
{
    private readonly SortedDictionary<string, UnitImages> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<int, UnitImages> _sections = [];

    private ImageIndex() { }

    /// <summary>
    /// The units of which something was kept, by name: units run at the same time, so the order of the run says
    /// nothing.
    /// </summary>
    public IReadOnlyCollection<UnitImages> Units => _units.Values;

    /// <summary>Looks through the frames of a run.</summary>
    public static ImageIndex Read(IEnumerable<byte[]> frames)
    {
        var index = new ImageIndex();
        foreach (var frame in frames)
        {
            index.Add(frame);
        }
        return index;
    }

    /// <summary>The unit a frame is about, or null when its attempt had not begun when the frames were
    /// indexed.</summary>
    public UnitImages? Of(byte[] frame) => _sections.GetValueOrDefault(ImageFrame.SectionOf(frame));

    private void Add(byte[] frame)
    {
        var section = ImageFrame.SectionOf(frame);
        switch (ImageFrame.KindOf(frame))
        {
            case ImageFrame.Kind.Section:
                var header = ImageHeader.Parse(ImageFrame.BodyOf(frame));
                if (!_units.TryGetValue(header.Unit, out var unit))
                {
                    _units.Add(header.Unit, unit = new UnitImages(header));
                }
                unit.AddSection(header);
                _sections[section] = unit;
                break;
            case ImageFrame.Kind.Rows:
                _sections[section].AddRows(frame);
                break;
            case ImageFrame.Kind.Tally:
                _sections[section].AddTally(section, ImageFrame.ReadTally(frame));
                break;
            default:
                break;
        }
    }
}
