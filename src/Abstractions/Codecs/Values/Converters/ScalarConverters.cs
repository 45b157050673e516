using System.Collections;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>Values of the framework that System.Text.Json would write as an object of their properties, and not read back.</summary>
internal sealed class ScalarConverters : JsonConverterFactory
{
    // By name: the assemblies of types that a program does not use are not loaded for them.
    private static readonly Dictionary<string, Func<JsonConverter>> Known = new()
    {
        ["System.Numerics.BigInteger"] = () => new BigIntegerConverter(),
        ["System.Numerics.Complex"] = CreateComplex,
        ["System.Text.Rune"] = () => new ScalarConverter<Rune>(rune => rune.ToString(), ReadRune),
        ["System.Index"] = () => new ScalarConverter<Index>(WriteIndex, ReadIndex),
        ["System.Range"] = () => new ScalarConverter<Range>(range => $"{WriteIndex(range.Start)}..{WriteIndex(range.End)}", ReadRange),
        ["System.Text.StringBuilder"] = () => new ScalarConverter<StringBuilder>(text => LoneSurrogates.Escape(text.ToString()), text => new(LoneSurrogates.Unescape(text))),
        ["System.Uri"] = () => new ScalarConverter<Uri>(WriteUri, ReadUri),
        ["System.Collections.BitArray"] = CreateBitArray,
        ["System.Net.IPAddress"] = CreateAddress,
        ["System.Net.IPEndPoint"] = CreateEndPoint,
    };

    public static bool Has(Type type) => type.FullName is { } name && Known.ContainsKey(name) && IsFramework(type);

    public override bool CanConvert(Type typeToConvert) => Has(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Known[typeToConvert.FullName!]();

    private static bool IsFramework(Type type) => type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal);

    // Each part as the shortest digits that give it back.
    private static ScalarConverter<Complex> CreateComplex() => new(
        value => string.Create(CultureInfo.InvariantCulture, $"{value.Real:R};{value.Imaginary:R}"),
        text => text.Split(';') is [var real, var imaginary] ? new(ReadDouble(real), ReadDouble(imaginary)) : throw new FormatException("a complex number is written as real;imaginary."));

    private static double ReadDouble(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static Rune ReadRune(string text) =>
        Rune.TryGetRuneAt(text, 0, out var rune) && rune.Utf16SequenceLength == text.Length ? rune : throw new FormatException("a rune is one Unicode scalar value.");

    private static string WriteIndex(Index index) => string.Create(CultureInfo.InvariantCulture, $"{(index.IsFromEnd ? "^" : "")}{index.Value}");

    private static Index ReadIndex(string text)
    {
        var fromEnd = text.StartsWith('^');
        return new(int.Parse(fromEnd ? text.AsSpan(1) : text, NumberStyles.None, CultureInfo.InvariantCulture), fromEnd);
    }

    private static Range ReadRange(string text) =>
        text.Split("..") is [var start, var end] ? new(ReadIndex(start), ReadIndex(end)) : throw new FormatException("a range is written as start..end.");

    // "/a" may be a relative reference as well as a file: which of them it is, is said.
    private static string WriteUri(Uri uri) => (uri.IsAbsoluteUri ? "" : "relative:") + LoneSurrogates.Escape(uri.OriginalString);

    private static Uri ReadUri(string text) => text.StartsWith("relative:", StringComparison.Ordinal)
        ? new(LoneSurrogates.Unescape(text["relative:".Length..]), UriKind.Relative)
        : new(LoneSurrogates.Unescape(text), UriKind.Absolute);

    private static ScalarConverter<BitArray> CreateBitArray() => new(
        bits => string.Create(bits.Length, bits, static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = bits[i] ? '1' : '0';
        }),
        text => text.AsSpan().ContainsAnyExcept('0', '1') ? throw new FormatException("bits are written as 0 and 1.") : new([.. text.Select(bit => bit == '1')]));

    private static ScalarConverter<IPAddress> CreateAddress() => new(address => address.ToString(), IPAddress.Parse);

    private static ScalarConverter<IPEndPoint> CreateEndPoint() => new(end => end.ToString(), IPEndPoint.Parse);
}
