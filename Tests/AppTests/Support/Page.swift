import Foundation
import Web

/// An answer, as tests look at it.
struct Page {
  let status: Int
  let response: Response
  /// The body.
  let text: String

  init(_ response: Response) {
    self.response = response
    status = response.status
    let file = response.file
    text = String(decoding: response.body + (file?.part(from: 0, most: file?.count ?? 0) ?? []), as: UTF8.self)
  }

  /// The body without what differs from answer to answer: masks of the forms' secret, and the remark that blurs lengths.
  var unmasked: String {
    let mark = "name=\"csrf\" value=\""
    let pieces = text.split(separator: mark, omittingEmptySubsequences: false)
    let bare = [pieces[0]] + pieces.dropFirst().map { $0.drop { $0 != "\"" } }
    let whole = bare.joined(separator: mark)
    guard whole.hasSuffix("-->"), let remark = whole.range(of: "<!--", options: .backwards) else { return whole }
    return String(whole[..<remark.lowerBound])
  }

  /// Where a 303 leads.
  var location: String? { response.header("Location") }
  /// The first header of that name.
  func header(_ name: String) -> String? { response.header(name) }
  /// The `Set-Cookie` lines.
  var cookies: [String] { response.headers.filter { $0.name == "Set-Cookie" }.map(\.value) }

  /// The text from the form with this action to its end.
  func form(_ action: String) -> String? {
    guard let start = text.range(of: "action=\"\(action)\"") else { return nil }
    let end = text.range(of: "</form>", range: start.upperBound..<text.endIndex)?.lowerBound ?? text.endIndex
    return String(text[start.upperBound..<end])
  }

  /// The value of a hidden field.
  func field(_ name: String, ofForm action: String) -> String? {
    guard let form = form(action), let start = form.range(of: "name=\"\(name)\" value=\"") else { return nil }
    return Page.quoted(form[start.upperBound...])
  }

  /// Up to the next quotation mark. Taking the rest of a page apart at all of them takes a hundred times as long.
  private static func quoted(_ rest: Substring) -> String { String(Substring(rest.utf8.prefix { $0 != UInt8(ascii: "\"") })) }

  /// What stands in the quotation marks that this opens, each time.
  private func values(after mark: String) -> [String] {
    text.split(separator: mark, omittingEmptySubsequences: false).dropFirst().map(Page.quoted)
  }

  /// The names of the fields with a complaint beside them.
  var complaints: [String] {
    values(after: "id=\"").filter { $0.hasSuffix("-complaint") }.map { String($0.dropLast("-complaint".count)) }
  }

  /// The addresses of all links, in order.
  var links: [String] { values(after: "href=\"").map { $0.replacingOccurrences(of: "&amp;", with: "&") } }

  /// The value of a fact for tools.
  func fact(_ name: String) -> String? {
    guard let start = text.range(of: "data-fact=\"\(name)\" value=\"") else { return nil }
    return Page.quoted(text[start.upperBound...])
  }
}
