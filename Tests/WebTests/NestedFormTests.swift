import HTML
import Testing

@testable import Web

/// Forms within forms.
@Suite struct NestedFormTests {
  private struct Inner {
    let until: String

    init(_ form: Form) throws(FormErrors) {
      var read = FormReader(form, Words(language: "en"))
      until = read.line("until", 1...9)
      try read.finish()
    }
  }

  @Test func `the complaints of an inner form stand in the place of the reading, by the outer form's names`() {
    let form = Form([("until", "")])
    var read = FormReader(form, Words(language: "en"))
    read.complain("rows", "Tick one.")
    let inner = read.nest(naming: { "bulk-" + $0 }) { () throws(FormErrors) in try Inner(form) }
    read.complain("action", "Choose one.")
    #expect(inner == nil)
    #expect(read.errors.complaints.map(\.field) == ["rows", "bulk-until", "action"])
    #expect(throws: read.errors) { try read.finish(inner) }
  }

  @Test func `what was read is answered only where nothing is wrong with the whole`() throws {
    let form = Form([("until", "noon")])
    var read = FormReader(form, Words(language: "en"))
    let inner = read.nest { () throws(FormErrors) in try Inner(form) }
    #expect(try read.finish(inner).until == "noon")
    read.complain("rows", "Tick one.")
    #expect(throws: FormErrors("rows", "Tick one.")) { try read.finish(inner) }
  }
}
