using System.Globalization;
using System.Text;

namespace ActorCompute.Kinds.Programs;

/// <summary>
/// A command for a shell. The input never becomes part of the text that the shell parses: the text has variables in the places of
/// the placeholders, and what a variable holds is not parsed again.
/// </summary>
/// <remarks>
/// Between quotes a placeholder is refused. In single quotes the shell would take the variable's name for text; and what stands in quotes
/// is mostly meant for another shell (<c>sh -c "… {}"</c>, <c>ssh host '… {}'</c>), which would parse the input.
/// </remarks>
/// <param name="Text">What the shell is given, variables in it.</param>
/// <param name="Values">What the variables hold, in order.</param>
internal sealed record ShellText(string Text, IReadOnlyList<string> Values)
{
    // Cmd's variables are those of the environment; with delayed expansion (/v:on) what they hold is not parsed either.
    private const string WindowsPrefix = "ACTORCOMPUTE_INPUT_";

    /// <param name="template">The command, with placeholders or without.</param>
    /// <param name="input">The input.</param>
    /// <param name="number">The task's number, from 1.</param>
    /// <param name="isWindows">For cmd instead of sh.</param>
    /// <exception cref="InputException">A placeholder is between quotes, or the shell cannot be given the input.</exception>
    public static ShellText Of(string template, string input, long number, bool isWindows)
    {
        if (isWindows && input.Contains('"', StringComparison.Ordinal)) throw new InputException($"cmd cannot be given an input with a quotation mark: {input}");
        if (!Placeholders.AreIn(template)) template += " {}";
        var text = new StringBuilder();
        var values = new List<string>();
        var quotes = new ShellQuotes(isWindows);
        for (var i = 0; i < template.Length;)
        {
            var place = i > 0 && template[i - 1] == '$' ? null : Placeholders.At(template, i);
            if (place is null || quotes.IsEscaped)
            {
                quotes.Pass(template, i);
                text.Append(template[i++]);
                continue;
            }

            if (quotes.AreOpen) throw new InputException($"{place} stands between quotation marks in the shell command; end them before it, as in 'my folder'/{place}: inputs are quoted already.");
            if (place == Placeholders.Number)
            {
                text.Append(CultureInfo.InvariantCulture, $"{number}");
            }
            else
            {
                values.Add(Placeholders.Value(place, input, number));
                text.Append(isWindows ? $"\"!{VariableOf(values.Count)}!\"" : string.Create(CultureInfo.InvariantCulture, $"\"${{{values.Count}}}\""));
            }

            quotes.PassWord();
            i += place.Length;
        }

        return new(text.ToString(), values);
    }

    /// <summary>The environment variable of cmd's value number so and so, from 1.</summary>
    public static string VariableOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{WindowsPrefix}{number}");
}
