using System.Collections;
using ActorCompute.Processes;

namespace ActorCompute.Worker.Commands;

/// <summary>The environment of commands: the worker's, without what is the worker's alone.</summary>
internal static class CommandEnvironment
{
    // Set by whoever started the worker, for it alone: a command that is a .NET program has the cultures that it would have anyhow.
    private const string Invariant = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    // A command has the account's rights, and no more of the cluster than that.
    private static readonly string[] Secrets = ["ACTORCOMPUTE_SECRET", "ACTORCOMPUTE_TLS_PASSWORD"];

    public static IEnumerable<KeyValuePair<string, string>> Read()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (Secrets.Contains(name) || (name == Invariant && ChildCultures.AreHere)) continue;
            yield return new(name, (string?)variable.Value ?? "");
        }
    }
}
