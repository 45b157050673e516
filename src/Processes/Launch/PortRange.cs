using System.Globalization;

namespace ActorCompute.Processes;

/// <summary>Ports that a program may listen on: one, or a range for where a firewall needs known ports. 0 is any free one.</summary>
public readonly record struct PortRange(int First, int Last)
{
    /// <summary>Reads <c>5100</c> or <c>5100-5119</c>.</summary>
    /// <exception cref="InputException">It is neither.</exception>
    public static PortRange Parse(string text)
    {
        var parts = text.Split('-');
        if (parts.Length <= 2 && IsPort(parts[0], out var first) && IsPort(parts[^1], out var last) && first <= last && (parts.Length == 1 || first > 0)) return new(first, last);
        throw new InputException($"'{text}' is no port; give one as 4053, a range as 5100-5119, or 0 for any free one.");
    }

    /// <summary>The only port, for a program that others must find.</summary>
    /// <exception cref="InputException">It is a range.</exception>
    public int Single() => First == Last ? First : throw new InputException($"the port is a range, {First}-{Last}; here it must be one.");

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static bool IsPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 0 and <= 65535;
}
