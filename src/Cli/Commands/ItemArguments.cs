namespace ActorCompute.Cli.Commands;

/// <summary>
/// The inputs of <c>run KIND --item X</c> are any text, also <c>-x</c> or <c>--help</c>: they are hidden from the parser, which
/// would take them for options.
/// </summary>
internal static class ItemArguments
{
    /// <summary>The option.</summary>
    public const string Option = "--item";

    // No argument of a process can hold it.
    private const char Mark = '\0';

    /// <summary>The arguments with each item behind a mark; those of other verbs as they are.</summary>
    public static string[] Hide(string[] arguments)
    {
        if (arguments is not ["run", ..]) return arguments;
        var hidden = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith(Option + "=", StringComparison.Ordinal))
            {
                hidden.AddRange([Option, Mark + arguments[i][(Option.Length + 1)..]]);
            }
            else if (arguments[i] == Option && i + 1 < arguments.Length)
            {
                hidden.AddRange([Option, Mark + arguments[++i]]);
            }
            else
            {
                hidden.Add(arguments[i]);
            }
        }

        return [.. hidden];
    }

    /// <summary>The item as it was typed.</summary>
    public static string Show(string argument) => argument.StartsWith(Mark) ? argument[1..] : argument;
}
