using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Dunnhumby.Architecture.Tests;

/// <summary>A type of a project and a type that it names, anywhere: in its bases, members, attributes, or the bodies of its methods.</summary>
/// <param name="User">Of nested types the outermost one: the compiler nests those of lambdas and iterators.</param>
/// <param name="Used">The type that is named, also the outermost one.</param>
/// <param name="IsOwn">Whether it is one of the same project.</param>
internal sealed record Reference(TypeName User, TypeName Used, bool IsOwn);

internal sealed record TypeName(string Namespace, string Name);

/// <summary>What a compiled project names. Constants leave no trace: the compiler copies their values.</summary>
internal static class CompiledCode
{
    internal static IEnumerable<Reference> ReferencesIn(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return [.. module.Types.SelectMany(type => NamedBy(type).Select(Outermost).Select(named => new Reference(NameOf(type), NameOf(named), named.Scope == module)).Distinct())];
    }

    private static IEnumerable<TypeReference> NamedBy(TypeDefinition type) =>
    [
        .. Parts(type.BaseType),
        .. type.Interfaces.SelectMany(implemented => Parts(implemented.InterfaceType)),
        .. Attributes(type),
        .. Constraints(type),
        .. type.Fields.SelectMany(field => Parts(field.FieldType).Concat(Attributes(field))),
        .. type.Properties.SelectMany(property => Parts(property.PropertyType).Concat(Attributes(property))),
        .. type.Methods.SelectMany(NamedBy),
        .. type.NestedTypes.SelectMany(NamedBy),
    ];

    private static IEnumerable<TypeReference> NamedBy(MethodDefinition method) =>
    [
        .. Signature(method),
        .. Attributes(method),
        .. method.Parameters.SelectMany(Attributes),
        .. Constraints(method),
        .. method.HasBody ? NamedBy(method.Body) : [],
    ];

    private static IEnumerable<TypeReference> NamedBy(MethodBody body) =>
    [
        .. body.Variables.SelectMany(variable => Parts(variable.VariableType)),
        .. body.ExceptionHandlers.SelectMany(handler => Parts(handler.CatchType)),
        .. body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            TypeReference type => Parts(type),
            FieldReference field => [.. Parts(field.DeclaringType), .. Parts(field.FieldType)],
            MethodReference called => Signature(called),
            _ => [],
        }),
    ];

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
    [
        .. Parts(method.DeclaringType),
        .. Parts(method.ReturnType),
        .. method.Parameters.SelectMany(parameter => Parts(parameter.ParameterType)),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(Parts) : [],
    ];

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) => provider.CustomAttributes.SelectMany(attribute =>
        Parts(attribute.AttributeType).Concat(attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>().SelectMany(Parts)));

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter => parameter.Constraints.SelectMany(constraint => Parts(constraint.ConstraintType)));

    /// <summary>A type without what is wrapped around it: <c>List&lt;Load[]&gt;</c> names the list and the load.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        IModifierType modified => [.. Parts(modified.ModifierType), .. Parts(modified.ElementType)],
        FunctionPointerType pointer => [.. Parts(pointer.ReturnType), .. pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };

    private static TypeName NameOf(TypeReference type) => new(type.Namespace, type.Name);

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } declaring ? Outermost(declaring) : type;
}
