using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActorCompute.Hosting;

/// <summary>
/// What a parent tells a seed or node that it starts: one line of JSON on the child's standard input. The pipe stays
/// open as long as the parent lives; its end is the order to stop. So secrets show in no process list, and a child
/// outlives no parent, however that one ends.
/// </summary>
public sealed record LaunchOrder
{
    /// <summary>The cluster's secret.</summary>
    public required string Secret { get; init; }

    /// <summary>The certificate to speak TLS with; null for plain connections.</summary>
    public TlsCertificate? Tls { get; init; }

    /// <summary>For a node: the seed, <c>HOST:PORT</c>.</summary>
    public string? Seed { get; init; }

    /// <summary>For a node: the worker's id, the same in each life.</summary>
    public string? WorkerId { get; init; }

    /// <summary>For a node: which life this is.</summary>
    public long Incarnation { get; init; }

    /// <summary>For a node: how the life before ended, for it to announce; null for the first.</summary>
    public string? PreviousEnd { get; init; }

    /// <summary>For a node: the client that starts it is the only one it serves, so it may load the functions of that client's program from where they lie.</summary>
    public bool TrustsCaller { get; init; }

    /// <summary>The order as a line.</summary>
    public string ToLine()
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString(nameof(Secret), Secret);
            if (Seed is not null) json.WriteString(nameof(Seed), Seed);
            if (WorkerId is not null) json.WriteString(nameof(WorkerId), WorkerId);
            json.WriteNumber(nameof(Incarnation), Incarnation);
            if (TrustsCaller) json.WriteBoolean(nameof(TrustsCaller), TrustsCaller);
            if (Tls is not null)
            {
                json.WriteStartObject(nameof(Tls));
                json.WriteString(nameof(Tls.Path), Tls.Path);
                json.WriteString(nameof(Tls.Password), Tls.Password);
                json.WriteEndObject();
            }

            if (PreviousEnd is not null) json.WriteString(nameof(PreviousEnd), PreviousEnd);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    /// <summary>Reads the order that a parent sends.</summary>
    /// <exception cref="InputException">The first line is none.</exception>
    public static LaunchOrder Read(TextReader input)
    {
        // Field by field: to bring a JSON serializer up, even a generated one, is a tenth of a node's whole start.
        if (input.ReadLine() is not { } line || line == "null") throw new InputException("the parent closed the pipe without an order.");
        try
        {
            using var json = JsonDocument.Parse(line);
            var order = json.RootElement;
            return new()
            {
                Secret = Text(order, nameof(Secret)) ?? throw new FormatException("it has no secret."),
                Seed = Text(order, nameof(Seed)),
                WorkerId = Text(order, nameof(WorkerId)),
                Incarnation = order.TryGetProperty(nameof(Incarnation), out var number) ? number.GetInt64() : 0,
                PreviousEnd = Text(order, nameof(PreviousEnd)),
                TrustsCaller = order.TryGetProperty(nameof(TrustsCaller), out var trusts) && trusts.GetBoolean(),
                Tls = order.TryGetProperty(nameof(Tls), out var tls) && Text(tls, nameof(TlsCertificate.Path)) is { } path
                    ? new(path, Text(tls, nameof(TlsCertificate.Password)) ?? "")
                    : null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, JSON of another shape, a number too large.
            throw new InputException($"the first line on standard input is no order of a parent: {e.Message}", e);
        }
    }

    private static string? Text(JsonElement order, string name) => order.TryGetProperty(name, out var text) ? text.GetString() : null;
}
