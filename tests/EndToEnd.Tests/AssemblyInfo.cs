using Xunit.Sdk;
using Xunit.v3;

// Each test owns a whole stack: one at a time on two cores.
[assembly: Parallelization(Mode = ParallelMode.None)]
