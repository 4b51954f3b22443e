import FoundationEssentials
import PackagePlugin

/// Asks for one run of `TemplateCompiler` over the package's `templates/`, whose Swift becomes part of the target.
///
/// One command for all files, since the numbers of the words are common to them. SwiftPM asks again when the target's own
/// sources change, and runs the command again when a template or catalogue has changed.
@main
struct CompileTemplates: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "templates")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".html") || $0.hasSuffix(".po") || $0.hasPrefix("prompts/") && ($0.hasSuffix(".md") || $0.hasSuffix(".txt")) }
    // Named as `Source.output` of the compiler names them.
    // A partial becomes part of others: its own file is empty.
    let outputs = files.filter { $0.hasSuffix(".html") }
      .map { "Template+" + $0.dropLast(".html".count).replacingOccurrences(of: "/", with: "+") + ".swift" }
    let output = context.pluginWorkDirectoryURL
    let inputs = files.map { folder.appending(path: $0) } + [context.package.directoryURL.appending(path: "static/icons.svg")]
    return [
      .buildCommand(
        displayName: "Compiling \(outputs.count) templates",
        executable: try context.tool(named: "TemplateCompiler").url,
        arguments: [folder.path, output.path] + inputs.map(\.path),
        inputFiles: inputs,
        outputFiles: (outputs + ["TemplateWords.swift", "PromptFiles.swift"]).map { output.appending(path: $0) })
    ]
  }
}
