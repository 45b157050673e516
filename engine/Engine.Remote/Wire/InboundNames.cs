namespace Akka.Remote.Wire;

/// <summary>The reading end of <see cref="OutboundNames{TKey}"/>: what a number stands for on this connection.</summary>
internal sealed class InboundNames<T>(Func<string, T> create)
    where T : class
{
    private readonly List<T> _values = [];

    /// <returns>Null when there is no name.</returns>
    public T Read(ref WireReader reader, string field)
    {
        var token = reader.ReadVarUInt(field);
        switch (token)
        {
            case NameToken.None:
                return null;
            case NameToken.Literal:
                return create(reader.ReadString(field, NameToken.MaximumNameBytes));
            case NameToken.Define or NameToken.Reset:
                if (token == NameToken.Reset)
                    _values.Clear();
                else if (_values.Count == NameToken.TableSize)
                    throw new WireFormatException($"{field}: more than {NameToken.TableSize} names");
                var value = create(reader.ReadString(field, NameToken.MaximumNameBytes));
                _values.Add(value);
                return value;
            default:
                var number = token - NameToken.FirstNumber;
                if (number >= (ulong)_values.Count)
                    throw new WireFormatException($"{field}: name number {number} was never defined");
                return _values[(int)number];
        }
    }
}
