namespace ActorCompute;

/// <summary>
/// A value that calls may take as an argument although it is not in this program: what <c>cluster.Share</c> gives, and a future. Workers
/// get it from where it is, and the function gets the value itself.
/// </summary>
/// <typeparam name="T">What the function takes.</typeparam>
public interface IRemoteValue<T>
{
}
