/// Somebody in one line, as quick add takes it: "Ana Souza ana@x.example +55 11 98765-4321". What is no address stays name.
public struct PersonLine: Hashable, Sendable {
  /// Everything else, in its order; "" where only addresses were typed: of an address no name is guessed (RULES 9.14).
  public let name: String
  /// In their order, none twice.
  public let emails: [PersonAddress]
  public let phones: [PersonAddress]

  /// - Parameter country: of the person who types, for numbers without the code of a country.
  public init(_ text: String, in country: CallingCode?) {
    let words = ImportText.oneLine(text).split(separator: " ").map(String.init)
    var (name, emails, phones): ([String], [PersonAddress], [PersonAddress]) = ([], [], [])
    var place = 0
    while place < words.count {
      if let email = PersonLine.email(words[place]) {
        if !emails.contains(where: { $0.key == email.key }) { emails.append(email) }
        place += 1
      } else if let (phone, length) = PersonLine.phone(words[place...], country) {
        if !phones.contains(where: { $0.key == phone.key }) { phones.append(phone) }
        place += length
      } else {
        name.append(words[place])
        place += 1
      }
    }
    // What stood between it and an address.
    let marks = Set(",;-| ".utf8)
    var bytes = Array(name.joined(separator: " ").utf8)[...]
    while let last = bytes.last, marks.contains(last) { bytes.removeLast() }
    while let first = bytes.first, marks.contains(first) { bytes.removeFirst() }
    self.name = bytes.text
    (self.emails, self.phones) = (emails, phones)
  }

  /// `ana@x.example`, `<ana@x.example>,`, `mailto:ana@x.example`.
  private static func email(_ word: String) -> PersonAddress? {
    let around = Set("<>()[],;:.\"'".utf8)
    var bytes = Array(word.utf8)[...]
    while let last = bytes.last, around.contains(last) { bytes.removeLast() }
    while let first = bytes.first, around.contains(first) { bytes.removeFirst() }
    guard bytes.contains(UInt8(ascii: "@")) else { return nil }
    if bytes.begins(with: "mailto:") { bytes.removeFirst(7) }
    return PersonAddress(email: bytes.text)
  }

  /// The number that begins here, and of how many words it is.
  private static func phone(_ words: ArraySlice<String>, _ country: CallingCode?) -> (PersonAddress, Int)? {
    var run: [String] = []
    for word in words.prefix(8) {
      let bytes = Array(run.isEmpty ? AddressKey.withoutScheme(word).utf8 : word.utf8)
      let isEnd = bytes.last == UInt8(ascii: ",") || bytes.last == UInt8(ascii: ";")
      let part = isEnd ? bytes.dropLast() : bytes[...]
      let isOfNumber = part.text.unicodeScalars.allSatisfy { scalar in
        ("0"..."9").contains(scalar) || "+()".unicodeScalars.contains(scalar) || PhoneNumber.separates(scalar)
      }
      guard !part.isEmpty, isOfNumber else { break }
      // A number that begins anew.
      if !run.isEmpty, part.first == UInt8(ascii: "+") { break }
      run.append(String(decoding: part, as: UTF8.self))
      if isEnd { break }
    }
    guard let first = run.first, !isDate(first) else { return nil }
    for length in stride(from: run.count, to: 0, by: -1) {
      let text = run.prefix(length).joined(separator: " ")
      if let phone = PersonAddress(phone: text, in: country), phone.key.utf8.first == UInt8(ascii: "+") { return (phone, length) }
    }
    let text = run.joined(separator: " ")
    guard let phone = PersonAddress(phone: text, in: country), (7...15).contains(phone.key.utf8.count) else { return nil }
    return (phone, run.count)
  }

  private static func isDate(_ word: String) -> Bool { Day(iso: word) != nil || word.utf8.filter { $0 == UInt8(ascii: "/") }.count == 2 }
}
