using System.Globalization;
using System.Text;

namespace ActorCompute.Processes;

/// <summary>
/// What a parent tells a seed or node that it starts: one line on the child's standard input, sent at once. The pipe stays
/// open as long as the parent lives; its end is the order to stop. So secrets show in no process list, and a child
/// outlives no parent, however that one ends. A node's seeds follow on a line of their own (<see cref="ParentPipe"/>): it
/// builds its actor system while they start.
/// </summary>
/// <remarks>Fields as in the query of a URL: reading JSON would take a child 10 ms more, and the whole cluster waits for that.</remarks>
public sealed record LaunchOrder
{
    private const string TlsPath = "Tls.Path";
    private const string TlsPassword = "Tls.Password";

    /// <summary>The cluster's secret.</summary>
    public required string Secret { get; init; }

    /// <summary>The certificate to speak TLS with; null for plain connections.</summary>
    public TlsCertificate? Tls { get; init; }

    /// <summary>For a node: the worker's id, the same in each life.</summary>
    public string? WorkerId { get; init; }

    /// <summary>For a node: which life this is.</summary>
    public long Incarnation { get; init; }

    /// <summary>For a node: how the previous incarnation ended, for it to announce; null for the first.</summary>
    public string? PreviousEnd { get; init; }

    /// <summary>For a node: the client that starts it is the only one it serves, so it may load the functions of that client's program from where they lie.</summary>
    public bool TrustsCaller { get; init; }

    /// <summary>The order as a line.</summary>
    public string ToLine()
    {
        var line = new StringBuilder();
        Add(nameof(Secret), Secret);
        Add(nameof(WorkerId), WorkerId);
        Add(nameof(Incarnation), Incarnation.ToString(CultureInfo.InvariantCulture));
        if (TrustsCaller) Add(nameof(TrustsCaller), "");
        Add(TlsPath, Tls?.Path);
        Add(TlsPassword, Tls?.Password);
        Add(nameof(PreviousEnd), PreviousEnd);
        return line.ToString();

        void Add(string name, string? value)
        {
            if (value is null) return;
            if (line.Length > 0) line.Append('&');
            line.Append(name).Append('=').Append(LineEscape.Escape(value));
        }
    }

    /// <summary>Reads the order that a parent sends.</summary>
    /// <exception cref="InputException">The first line is none.</exception>
    public static LaunchOrder Read(TextReader input)
    {
        if (input.ReadLine() is not { } line) throw new InputException("the parent closed the pipe without an order.");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in line.Split('&'))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || LineEscape.Unescape(field[(equals + 1)..]) is not { } value || !fields.TryAdd(field[..equals], value)) throw Refused($"'{field[..Math.Max(equals, 0)]}' is no field, or is there twice.");
        }

        var incarnation = 0L;
        if (Optional(nameof(Incarnation)) is { } number && !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out incarnation)) throw Refused("its incarnation is no number.");
        return new()
        {
            Secret = Optional(nameof(Secret)) ?? throw Refused("it has no secret."),
            WorkerId = Optional(nameof(WorkerId)),
            Incarnation = incarnation,
            PreviousEnd = Optional(nameof(PreviousEnd)),
            TrustsCaller = fields.ContainsKey(nameof(TrustsCaller)),
            Tls = Optional(TlsPath) is { } path ? new(path, Optional(TlsPassword) ?? "") : null,
        };

        string? Optional(string name) => fields.GetValueOrDefault(name);
    }

    private static InputException Refused(string why) => new($"the first line on standard input is no order of a parent: {why}");
}
