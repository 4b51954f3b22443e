import Foundation
import Testing

@testable import App

/// A file that lives as long as the test that made it.
final class TemporaryFile {
  let path = NSTemporaryDirectory() + "heed-test-\(UUID().uuidString)"
  init(_ bytes: some Sequence<UInt8>) { _ = FileManager.default.createFile(atPath: path, contents: Data(bytes)) }
  convenience init(_ text: String) { self.init(text.utf8) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("Variables and env files")
struct VariablesTests {
  @Test func `the environment wins over the env file, and an empty value there switches off`() {
    let file = TemporaryFile("HEED_WORKERS=2\nHEED_RESPONDERS=3\nHEED_SMTP_URL=smtp://mail\n")
    let variables = Variables(environment: ["HEED_WORKERS": "7", "HEED_SMTP_URL": ""], envFile: file.path)
    #expect(variables[.workers] == "7")
    #expect(variables[.responders] == "3")
    #expect(variables[.smtpURL] == nil)
    #expect(variables.mistakes == [])
  }

  @Test(arguments: Setting.all)
  func `every setting but the clock file can come from a file, trimmed`(setting: Setting) throws {
    let file = TemporaryFile(" \t value of \(setting.name)\r\n\n")
    guard let name = setting.fileName else {
      #expect(setting == .clockFile)
      return
    }
    #expect(Variables(environment: [name: file.path])[setting] == "value of \(setting.name)")
    let envFile = TemporaryFile("\(name)='\(file.path)'")
    #expect(Variables(environment: [:], envFile: envFile.path)[setting] == "value of \(setting.name)")
    #expect(Variables(environment: [setting.name: "near"], envFile: envFile.path)[setting] == "near")
  }

  @Test func `a file that cannot be used is a mistake, and the setting is not also called missing`() {
    let place = "/nowhere/heed-key"
    let found = complaints(["HEED_SECRET_KEY_FILE": place], without: ["HEED_SECRET_KEY"])
    #expect(found == ["HEED_SECRET_KEY_FILE: cannot read /nowhere/heed-key: No such file or directory."])
    #expect(complaints(["HEED_SECRET_KEY_FILE": "/dev/zero"], without: ["HEED_SECRET_KEY"])[0].contains("longer than 64 kB"))
    #expect(complaints(["HEED_SECRET_KEY_FILE": "/tmp"], without: ["HEED_SECRET_KEY"])[0].contains("Is a directory"))
    let binary = TemporaryFile([0xff, 0xfe, 0x00])
    #expect(complaints(["HEED_SECRET_KEY_FILE": binary.path], without: ["HEED_SECRET_KEY"])[0].contains("UTF-8"))
    #expect(complaints(["HEED_SECRET_KEY_FILE": place])[0].contains("both as itself"))
    #expect(Variables(environment: [:], envFile: place).mistakes.map(\.place) == ["--env-file"])
  }

  @Test(arguments: [
    ("A=1", ["A": "1"]),
    ("  export A=1  ", ["A": "1"]),
    ("# A=1\n\n  # B=2\nC=3", ["C": "3"]),
    ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
    ("A=", ["A": ""]),
    ("A= spaced out \t", ["A": "spaced out"]),
    ("A=a=b=c", ["A": "a=b=c"]),
    ("A=x # comment", ["A": "x"]),
    ("A=x#y", ["A": "x#y"]),
    ("A=# comment", ["A": ""]),
    ("A='it # stays \"so\" \\n'", ["A": "it # stays \"so\" \\n"]),
    ("A=\"a\\n\\t\\\"\\\\\\$\\x\" # c", ["A": "a\n\t\"\\$\\x"]),
    ("A=\"\"", ["A": ""]),
    ("A=it's", ["A": "it's"]),
    ("A=$HOME", ["A": "$HOME"]),
    ("A=é\u{301}", ["A": "é\u{301}"]),
    ("_A1=1", ["_A1": "1"]),
  ])
  func `an env file is read line by line`(text: String, values: [String: String]) {
    let file = EnvFile(text: text, path: "f")
    #expect(file.values == values)
    #expect(file.mistakes == [])
  }

  @Test(arguments: [
    ("A", "no “=”"), ("A = 1", "no space"), ("1A=1", "letters"), ("A-B=1", "letters"), ("=1", "letters"), ("Á=1", "letters"),
    ("A='x", "not closed"), ("A=\"x\\\"", "not closed"), ("A='x' y", "after the closing"), ("A=1\nA=2", "second time"),
  ])
  func `a broken line is named with its number`(text: String, words: String) {
    let mistakes = EnvFile(text: "B=1\n\(text)\nC=3", path: "f").mistakes
    #expect(mistakes.count == 1)
    #expect(mistakes.first?.words.contains(words) == true, "\(mistakes)")
    #expect(mistakes.first?.place == (text.contains("\n") ? "f line 3" : "f line 2"))
  }

  @Test func `the table of settings holds each once, with words and a place in the README table`() {
    #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
    for setting in Setting.all {
      #expect(setting.name.hasPrefix("HEED_") && setting.words.count > 20)
      #expect(Setting.markdownTable.contains("| `\(setting.name)` |"))
    }
  }
}
