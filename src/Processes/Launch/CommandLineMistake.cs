using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ActorCompute.Processes;

/// <summary>What is wrong with a command line, in a sentence for the person who typed it. The parser's own texts speak of its types.</summary>
internal static class CommandLineMistake
{
    /// <summary>The first mistake with a near name where there is one, or null.</summary>
    public static string? Find(ParseResult parsed)
    {
        if (parsed.Action is { ClearsParseErrors: true }) return null; // --help, --version
        var command = parsed.CommandResult.Command;
        var detail = UnknownOption(parsed, command) ?? UnknownVerb(parsed, command) ?? BadOption(parsed) ?? NumberForName(parsed) ?? Missing(parsed, command) ?? parsed.Errors.FirstOrDefault()?.Message;
        return detail is null ? null : $"{detail} See '{PathOf(parsed.CommandResult)} --help'.";
    }

    // An argument that takes any text would swallow a mistyped option; a minus and a digit may be a number's.
    private static string? UnknownOption(ParseResult parsed, Command command)
    {
        var token = parsed.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', '-', _, ..] or ['-', (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'), ..]);
        if (token is null) return null;
        var name = token.Value.Split('=', ':')[0];
        var names = OptionsOf(parsed.CommandResult).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name));
        return $"there is no option '{name}'.{DidYouMean(name, names)}";
    }

    private static string? UnknownVerb(ParseResult parsed, Command command)
    {
        if (parsed.UnmatchedTokens is not [var token, ..]) return null;
        var verbs = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).ToList();
        return verbs.Count == 0
            ? $"'{token}' is one argument too many."
            : $"there is no command '{token}'.{DidYouMean(token, verbs)}";
    }

    private static string? BadOption(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            if (error.SymbolResult is not OptionResult option) continue;
            var name = option.Option.Name;
            return option.Tokens switch
            {
                [] when option.Option.Arity.MinimumNumberOfValues > 0 => $"{name} needs a value.",
                [var token] => $"{name}: '{token.Value}' is not {Wanted(option.Option.ValueType)}.",
                { Count: > 1 } => $"{name} was given {option.IdentifierTokenCount} times; give it once.",
                _ => error.Message,
            };
        }

        return null;
    }

    // The parser takes the number behind a name too, and any other number.
    private static string? NumberForName(ParseResult parsed)
    {
        foreach (var result in parsed.CommandResult.Children)
        {
            var (name, type) = result switch
            {
                OptionResult option => (option.Option.Name, option.Option.ValueType),
                ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType),
                _ => ("", typeof(string)),
            };
            var names = Nullable.GetUnderlyingType(type) ?? type;
            if (names.IsEnum && result.Tokens.FirstOrDefault(token => !Enum.GetNames(names).Contains(token.Value, StringComparer.OrdinalIgnoreCase)) is { } other) return $"{name}: '{other.Value}' is not {Wanted(type)}.";
        }

        return null;
    }

    private static string? Missing(ParseResult parsed, Command command)
    {
        if (parsed.Errors.Count == 0) return null;
        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            return $"a command is missing: {string.Join(", ", command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name))}.";
        }

        // An argument's own error is in the parser's words: of types.
        var bad = parsed.Errors.Select(error => error.SymbolResult).OfType<ArgumentResult>().FirstOrDefault(result => result.Tokens is [_] && result.Argument.ValueType != typeof(string));
        if (bad is not null) return $"{bad.Argument.Name}: '{bad.Tokens[0].Value}' is not {Wanted(bad.Argument.ValueType)}.";
        var missing = command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > (parsed.GetResult(argument)?.Tokens.Count ?? 0));
        return missing is null ? null : $"{missing.Name} is missing.";
    }

    /// <summary>What a value of a type is called: <c>'x' is not …</c>.</summary>
    internal static string Wanted(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}";
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 => Whole(int.MinValue, int.MaxValue),
            TypeCode.Int64 => Whole(long.MinValue, long.MaxValue),
            TypeCode.UInt32 => Whole(uint.MinValue, uint.MaxValue),
            TypeCode.UInt64 => Whole(ulong.MinValue, ulong.MaxValue),
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
            TypeCode.Boolean => "true or false",
            _ => "a value that it takes",
        };
    }

    private static string Whole(object first, object last) => string.Create(CultureInfo.InvariantCulture, $"a whole number between {first} and {last}");

    private static IEnumerable<Option> OptionsOf(CommandResult result)
    {
        IEnumerable<Option> own = result.Command.Options;
        return result.Parent is CommandResult parent ? own.Concat(OptionsOf(parent).Where(option => option.Recursive)) : own;
    }

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : result.Command.Name;

    private static string DidYouMean(string wanted, IEnumerable<string> names) =>
        NearNames.Nearest(wanted, names) is { } near ? $" Did you mean '{near}'?" : "";
}
