using Dunnhumby.Hosting.Local.Dashboard.Tests.Application;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(DashboardFixture))]
