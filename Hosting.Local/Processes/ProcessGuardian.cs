using System.Diagnostics;

namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>
/// A small shell script beside this process that ends every supervised process group when this process is gone, however it
/// went: the script reads a pipe whose only writer is this process, and end of file is the news.
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
        for g in $groups; do kill -s "${g#*:}" -- "-${g%%:*}"; done
        for pid in $(marked "$1"); do kill -s TERM "$pid"; done
        tries=0
        while [ $tries -lt 25 ]; do
          left=''
          for g in $groups; do kill -s 0 -- "-${g%%:*}" && left=yes; done
          [ -n "$left" ] || left=$(marked "$1")
          [ -n "$left" ] || exit 0
          sleep 0.2
          tries=$((tries + 1))
        done
        for g in $groups; do kill -s KILL -- "-${g%%:*}"; done
        for pid in $(marked "$1"); do kill -s KILL "$pid"; done
        """;

    private static readonly Lazy<ProcessGuardian> Instance = new(() => new ProcessGuardian());

    private readonly Lock _lock = new();
    private readonly StreamWriter _pipe;

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

        var process = Process.Start(start) ?? throw new InvalidOperationException("The process guardian did not start.");
        _pipe = process.StandardInput;
        _pipe.AutoFlush = true;
        _pipe.NewLine = "\n";
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
            _pipe.WriteLine(line);
        }
    }
}
