using System.Reflection;

namespace ActorCompute.Engine.Tests.ApiSubset;

public sealed class ApiSubsetTests
{
    private static readonly string[] Assemblies =
        ["ActorCompute.Engine", "ActorCompute.Engine.Remote", "ActorCompute.Engine.Cluster", "ActorCompute.Engine.TestKit"];

    [Fact]
    public void VisibleApi_ComparedWithAkkaNet_IsASubset()
    {
        var wrong = new SubsetChecker(TheList.Value, Excused()).Check([.. VisibleTypes().Select(ApiReader.Read)]);

        Assert.True(wrong.Count == 0, $"{wrong.Count} deviations from Akka.NET's API:\n" + string.Join('\n', wrong));
    }

    [Fact]
    public void VisibleApi_AsSeenByNullableCode_IsOblivious()
    {
        var annotated = VisibleTypes().SelectMany(type => VisibleMembers(type).Prepend(type).Where(IsAnnotated));

        Assert.Empty(annotated.Select(member => $"{member.DeclaringType}.{member}"));
    }

    [Fact]
    public void TheListItself_Parsed_HasTheTypesAndMembersItShows()
    {
        var context = TheList.Value["Akka.Actor.IActorContext"];

        Assert.Equal("interface", context.Kind);
        Assert.Contains("Akka.Actor.ICanWatch", context.Interfaces);
        Assert.Contains(context.Members, member => member is { Name: "GetChildren", IsAbstract: true });
        Assert.Equal("Akka.Actor.ActorBase", TheList.Value["Akka.Actor.UntypedActor"].Base);
        Assert.Equal(" where T : Akka.Actor.IExtension", TheList.Value["Akka.Actor.ExtensionIdProvider<T>"].Constraints);
    }

    internal static Lazy<IReadOnlyDictionary<string, ApiType>> TheList { get; } = new(() => ApiList.Parse(File.ReadLines(Beside("akka-api.txt"))));

    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IReadOnlyCollection<string> Excused() => ExcusedLines.Parse(File.ReadLines(Beside("excused.txt")));

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, "ApiSubset", name);

    private static IEnumerable<Type> VisibleTypes() => Assemblies.SelectMany(name => Assembly.Load(name).GetTypes()).Where(type => type.IsVisible);

    private static IEnumerable<MemberInfo> VisibleMembers(Type type) => type.GetMembers(All).Where(member => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => true,
    });

    private static bool IsAnnotated(MemberInfo member) => HasNullability(member)
        || (member is MethodBase method && method.GetParameters().Any(HasNullability));

    private static bool HasNullability(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(false).Any(attribute => attribute.GetType().FullName is
            "System.Runtime.CompilerServices.NullableAttribute" or "System.Runtime.CompilerServices.NullableContextAttribute");
}
