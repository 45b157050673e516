using System.Globalization;

namespace ActorCompute.Worker.Compute;

/// <summary>The cultures of whoever called, for the code of users: numbers, dates and the order of texts come out as they would have there.</summary>
internal sealed class JobCultures
{
    private readonly CultureInfo _culture;
    private readonly CultureInfo _ui;

    private JobCultures(CultureInfo culture, CultureInfo ui) => (_culture, _ui) = (culture, ui);

    /// <summary>Cultures by name, as a client sends them.</summary>
    /// <exception cref="InputException">This process does not have one of them.</exception>
    public static JobCultures Find(string culture, string ui) => new(Find(culture), Find(ui));

    /// <summary>Sets them for what runs on this thread, and what that awaits or starts, until the scope is left.</summary>
    public Scope Enter() => new(this);

    /// <summary>The same work, under these cultures.</summary>
    public IOpenedWork Around(IOpenedWork work)
    {
        // Mostly they are what this process has anyhow: nothing to set then, a million times over.
        if (_culture.Equals(CultureInfo.CurrentCulture) && _ui.Equals(CultureInfo.CurrentUICulture)) return work;
        return work switch
        {
            IOpenedSplittableWork splittable => new SplittableWork(this, splittable),
            IPackWork packs => new PackWork(this, packs),
            IOpenedCpuWork cpu => new CpuWork(this, cpu),
            IOpenedIoWork io => new IoWork(this, io),
            _ => work,
        };
    }

    private static CultureInfo Find(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException e)
        {
            throw new InputException($"this worker has no culture '{name}', which the caller has; install ICU on {Environment.MachineName} (the package libicu) and start the worker again, or call under CultureInfo.InvariantCulture.", e);
        }
    }

    public readonly ref struct Scope
    {
        private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
        private readonly CultureInfo _ui = CultureInfo.CurrentUICulture;

        public Scope(JobCultures cultures) => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (cultures._culture, cultures._ui);

        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _ui);
    }

    private class CpuWork(JobCultures cultures, IOpenedCpuWork work) : IOpenedCpuWork
    {
        protected JobCultures Cultures => cultures;

        public void Execute(ReadOnlySpan<byte> task, System.Buffers.IBufferWriter<byte> result, TaskContext context)
        {
            using var scope = cultures.Enter();
            work.Execute(task, result, context);
        }

        public void Dispose()
        {
            using var scope = cultures.Enter();
            work.Dispose();
        }
    }

    private sealed class SplittableWork(JobCultures cultures, IOpenedSplittableWork work) : CpuWork(cultures, work), IOpenedSplittableWork
    {
        public IReadOnlyList<ReadOnlyMemory<byte>> Execute(ReadOnlySpan<byte> task, System.Buffers.IBufferWriter<byte> result, TaskContext context, Func<int> pieces)
        {
            using var scope = Cultures.Enter();
            return work.Execute(task, result, context, pieces);
        }
    }

    private sealed class PackWork(JobCultures cultures, IPackWork work) : CpuWork(cultures, work), IPackWork
    {
        public void Execute(ref PackPass pass, Messages.Packing.PackWriter results)
        {
            using var scope = Cultures.Enter();
            work.Execute(ref pass, results);
        }
    }

    private sealed class IoWork(JobCultures cultures, IOpenedIoWork work) : IOpenedIoWork
    {
        public async ValueTask ExecuteAsync(ReadOnlyMemory<byte> task, System.Buffers.IBufferWriter<byte> result, TaskContext context)
        {
            // They flow to where it goes on, and end with this method.
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (cultures._culture, cultures._ui);
            await work.ExecuteAsync(task, result, context).ConfigureAwait(false);
        }

        public void Dispose()
        {
            using var scope = cultures.Enter();
            work.Dispose();
        }
    }
}
