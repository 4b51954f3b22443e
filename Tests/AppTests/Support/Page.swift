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
    let pieces = text.components(separatedBy: "name=\"csrf\" value=\"")
    let bare = [pieces[0]] + pieces.dropFirst().map { String($0.drop { $0 != "\"" }) }
    let whole = bare.joined(separator: "name=\"csrf\" value=\"")
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
    return text[start.upperBound...].components(separatedBy: "</form>").first
  }

  /// The value of a hidden field.
  func field(_ name: String, ofForm action: String) -> String? {
    guard let form = form(action), let start = form.range(of: "name=\"\(name)\" value=\"") else { return nil }
    return form[start.upperBound...].components(separatedBy: "\"").first
  }

  /// The names of the fields with a complaint beside them.
  var complaints: [String] {
    text.components(separatedBy: "id=\"").dropFirst().compactMap { part in
      part.components(separatedBy: "\"").first.flatMap { $0.hasSuffix("-complaint") ? String($0.dropLast("-complaint".count)) : nil }
    }
  }

  /// The addresses of all links, in order.
  var links: [String] {
    text.components(separatedBy: "href=\"").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first?.replacingOccurrences(of: "&amp;", with: "&")
    }
  }

  /// The value of a fact for tools.
  func fact(_ name: String) -> String? {
    text.components(separatedBy: "data-fact=\"\(name)\" value=\"").dropFirst().first?.components(separatedBy: "\"").first
  }
}
