namespace ActorCompute.Cli.Commands;

/// <summary>
/// The inputs of <c>run KIND --item X</c> are any text, also <c>-x</c> or <c>--help</c>, and so are the words of a program behind
/// <c>--</c>: they are hidden from the parser, which would take them for options.
/// </summary>
internal static class ItemArguments
{
    /// <summary>The option.</summary>
    public const string Option = "--item";

    // No argument of a process can hold it.
    private const char Mark = '\0';

    /// <summary>Before the words of a program.</summary>
    public const string End = "--";

    /// <summary>The arguments with each item, and each word behind <see cref="End"/>, behind a mark; those of other verbs as they are.</summary>
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
            else if (arguments[i] == End)
            {
                hidden.Add(End);
                hidden.AddRange(arguments[(i + 1)..].Select(word => Mark + word));
                break;
            }
            else
            {
                hidden.Add(arguments[i]);
            }
        }

        return [.. hidden];
    }

    /// <summary>Whether an argument was hidden.</summary>
    public static bool IsHidden(string argument) => argument.StartsWith(Mark);

    /// <summary>The item as it was typed.</summary>
    public static string Show(string argument) => IsHidden(argument) ? argument[1..] : argument;
}
