// dotnet run --project samples/Examples                  lists the examples
// dotnet run --project samples/Examples -- square        runs one, on two worker processes of its own

using ActorCompute;
using ActorCompute.Examples;

if (args is not [var name, .. var arguments])
{
    foreach (var each in Example.All) Console.WriteLine($"{each.Name,-14} {each.Summary}");
    return 0;
}

if (Example.All.FirstOrDefault(each => each.Name == name) is not { } example)
{
    Console.Error.WriteLine($"error: there is no example '{name}'; without a name they are listed.");
    return 2;
}

await using var cluster = await ComputeCluster.StartLocalAsync(workers: 2);
await example.RunAsync(cluster, Console.Out, arguments);
return 0;
