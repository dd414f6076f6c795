using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;
using Dunnhumby.Hosting.Local.Projects;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project with its default launch profile.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, under which others find its endpoints.</param>
    /// <param name="projectPath">The project file or its directory, relative to the AppHost's.</param>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath)
    {
        var file = ProjectFile.Locate(builder.AppHostDirectory, projectPath);
        return AddProject(builder, name, file, LaunchProfiles.Choose(file, builder.Configuration["DOTNET_LAUNCH_PROFILE"]));
    }

    /// <summary>Adds a project with a launch profile by name; null for none.</summary>
    /// <exception cref="DistributedApplicationException">The project has no such profile.</exception>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName)
    {
        var file = ProjectFile.Locate(builder.AppHostDirectory, projectPath);
        return AddProject(builder, name, file, launchProfileName is null ? null : LaunchProfiles.Require(file, launchProfileName));
    }

    /// <summary>Runs several processes of the project behind its one public port.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        builder.Resource.Annotate(new ReplicaAnnotation(replicas));
        return builder;
    }

    private static IResourceBuilder<ProjectResource> AddProject(IDistributedApplicationBuilder builder, string name, string file, LaunchProfile? profile)
    {
        var project = builder.Add(new ProjectResource(name));
        project.Resource.Annotate(new ProjectAnnotation(file, profile));
        foreach (var endpoint in LaunchProfiles.Endpoints(profile))
        {
            project.Resource.Annotate(endpoint);
        }

        return project;
    }
}
