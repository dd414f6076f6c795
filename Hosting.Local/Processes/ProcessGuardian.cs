using System.Diagnostics;

namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>
/// A small shell script beside this process that ends every supervised process group when this process is gone, however it
/// went: the script reads a pipe whose only writer is this process, and end of file is the news. A process that ends in order
/// waits for it, so that nothing, the script included, outlives it.
/// </summary>
internal sealed class ProcessGuardian
{
    /// <summary>Set on every supervised process; finds those that left their group, such as daemons.</summary>
    public const string MarkerVariable = "HOSTING_LOCAL_RUN";

    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        groups=''
        while read -r verb group signal; do
          case $verb in
            add) groups="$groups $group:$signal" ;;
            remove) kept=''; for g in $groups; do case $g in "$group":*) ;; *) kept="$kept $g" ;; esac; done; groups=$kept ;;
          esac
        done
        marked() { grep -lszxF "HOSTING_LOCAL_RUN=$1" /proc/[0-9]*/environ | while IFS=/ read -r _ _ pid _; do echo "$pid"; done; }
        look_at_clock() { read -r now _ </proc/uptime; now=${now%.*}; }
        wait_for_end() {
          look_at_clock
          end=$((now + 5))
          while [ $now -lt $end ]; do
            left=''
            for g in $groups; do kill -s 0 -- "-${g%%:*}" && left=yes; done
            [ -n "$left" ] || left=$(marked "$1")
            [ -n "$left" ] || exit 0
            sleep 0.1
            look_at_clock
          done
        }
        for g in $groups; do kill -s "${g#*:}" -- "-${g%%:*}"; done
        for pid in $(marked "$1"); do kill -s TERM "$pid"; done
        wait_for_end "$1"
        for g in $groups; do kill -s KILL -- "-${g%%:*}"; done
        for pid in $(marked "$1"); do kill -s KILL "$pid"; done
        wait_for_end "$1"
        """;

    /// <summary>Twice the script's five seconds, and as much for a machine that is busy.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(20);

    private static readonly Lazy<ProcessGuardian> Instance = new(() => new ProcessGuardian());

    private readonly Lock _lock = new();
    private readonly Process _process;
    private readonly StreamWriter _pipe;
    private bool _isClosed;

    private ProcessGuardian()
    {
        Marker = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };

        // The guardian must not find itself among the marked.
        start.Environment.Remove(MarkerVariable);
        foreach (var argument in (string[])["/bin/sh", "-c", Script, "hosting-guardian", Marker])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("The process guardian did not start.");
        _pipe = _process.StandardInput;
        _pipe.AutoFlush = true;
        _pipe.NewLine = "\n";
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
    }

    /// <summary>The one guardian of this process, started on first use.</summary>
    public static ProcessGuardian Shared => Instance.Value;

    /// <summary>Value of <see cref="MarkerVariable"/> for everything this process starts.</summary>
    public string Marker { get; }

    public void Add(int groupId, int signal) => Write($"add {groupId} {signal}");

    public void Remove(int groupId) => Write($"remove {groupId}");

    private void Write(string line)
    {
        lock (_lock)
        {
            // Once the script works, what becomes of single groups is no news to it.
            if (!_isClosed)
            {
                _pipe.WriteLine(line);
            }
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _isClosed = true;
            _pipe.Dispose();
        }

        _process.WaitForExit(EndLimit);
    }
}
