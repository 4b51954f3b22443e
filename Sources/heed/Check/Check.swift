import App
import ArgumentParser
import FastCGI
import Glibc

/// Looks at everything Heed needs and says what is wrong and what to do. Changes nothing.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain what is wrong with the configuration and its surroundings.",
    discussion: "Ends with 0 when nothing is wrong, 1 when something is, 78 when the settings themselves cannot be used.")

  @OptionGroup var source: SettingsSource
  @Flag(name: .customLong("settings"), help: "Print the table of all settings, in Markdown, and end.")
  var printsTable = false

  func run() throws {
    if printsTable {
      print(Setting.markdownTable, terminator: "")
      return
    }
    let configuration = try source.configuration(as: [])
    var findings = Findings()
    findings.settings(configuration, envFile: source.envFile)
    findings.secretFiles(source.variables.secretFiles)
    findings.socket(configuration)
    findings.databases(configuration)
    findings.nginx(configuration)
    // As the account that the processes run as, from here on: root may read and write what they may not.
    if let user = configuration.user { try Privileges.drop(to: user) }
    findings.files(configuration)
    findings.mail(configuration)
    findings.maildirs(configuration)
    findings.auditArchive(configuration)
    findings.networks(configuration)
    findings.sms(configuration)
    findings.model(configuration)
    findings.embedding(configuration)
    findings.all.forEach { print($0) }
    let wrong = findings.all.filter { $0.kind == .wrong }.count
    print(wrong == 0 ? "Nothing is wrong." : "\(wrong) \(wrong == 1 ? "thing is" : "things are") wrong.")
    if wrong > 0 { throw ExitCode(1) }
  }
}
