extension RedactionMarks {
  /// Tax numbers and cards, which prove themselves, then phones, which are what is left.
  mutating func findNumbers() {
    findLetteredCompanies()
    var numbers = NumberGroups(scalars, isFree: isFree)
    for chunk in numbers.chunks where touchesLetter(numbers, chunk) { numbers.wall(chunk) }
    findProven(&numbers, Self.taxKind)
    for chunk in numbers.chunks where isPrice(numbers, chunk) || numbers.isOrdinary(chunk) { numbers.wall(chunk) }
    findProven(&numbers, Self.cardKind)
    findPhones(&numbers)
  }

  private static func taxKind(_ numbers: NumberGroups, _ range: Range<Int>) -> Redaction.Kind? {
    let digits = numbers.groups[range].flatMap(\.digits)
    switch numbers.sizes(range) {
    case [11], [9, 2], [3, 3, 3, 2]: return CheckDigits.isCPF(digits) ? .cpf : nil
    case [14], [12, 2], [8, 4, 2], [2, 3, 3, 4, 2]: return CheckDigits.isCNPJ(digits) ? .cnpj : nil
    default: return nil
    }
  }

  /// In one run, or in groups of which the first has four digits: "4111 1111 1111 1111", "3782-822463-10005".
  private static func cardKind(_ numbers: NumberGroups, _ range: Range<Int>) -> Redaction.Kind? {
    let groups = numbers.groups[range]
    // The end of a phone is no beginning of a card.
    if case .mark? = groups.first?.join { return nil }
    guard range.count == 1 || groups.first?.digits.count == 4 && groups.dropFirst().allSatisfy({ $0.join?.isCard == true }) else {
      return nil
    }
    return CheckDigits.isCard(groups.flatMap(\.digits)) ? .card : nil
  }

  /// The shortest row of at most five groups from each on that `kind` knows.
  private mutating func findProven(_ numbers: inout NumberGroups, _ kind: (NumberGroups, Range<Int>) -> Redaction.Kind?) {
    var first = 0
    while first < numbers.groups.count {
      var end = first
      var found: Redaction.Kind?
      while found == nil, end < numbers.groups.count, end - first < 5, !numbers.groups[end].isWall,
        end == first || numbers.groups[end].join != nil
      {
        end += 1
        found = kind(numbers, first..<end)
      }
      // What follows a plus is a phone, whatever it proves.
      if let found, scalar(numbers.groups[first].range.lowerBound - 1) != "+" {
        take(numbers, first..<end, found)
        numbers.wall(first..<end)
        first = end
      } else {
        first += 1
      }
    }
  }

  private mutating func take(_ numbers: NumberGroups, _ range: Range<Int>, _ kind: Redaction.Kind) {
    let groups = numbers.groups[range]
    guard let first = groups.first, let last = groups.last else { return }
    var start = first.range.lowerBound
    if kind == .phone {
      let inside = scalars[start..<last.range.upperBound]
      if scalar(start - 1) == "+" { start -= 1 }
      if scalar(start - 1) == "(", inside.contains(")") { start -= 1 }
      if scalar(start - 1) == "+" { start -= 1 }
    }
    take(start..<last.range.upperBound, kind, groups.flatMap(\.digits).map(String.init).joined())
  }

  // MARK: - Phones

  private mutating func findPhones(_ numbers: inout NumberGroups) {
    let chunks = numbers.chunks
    var index = 0
    while index < chunks.count {
      let found = phone(numbers, chunks[index...])
      if let found { take(numbers, found, .phone) }
      let next = found?.upperBound ?? chunks[index].upperBound
      while index < chunks.count, chunks[index].lowerBound < next { index += 1 }
    }
  }

  /// The groups of the phone that begins with the first chunk, if any: 8 to 15 digits.
  private func phone(_ numbers: NumberGroups, _ chunks: ArraySlice<Range<Int>>) -> Range<Int>? {
    guard let first = chunks.first?.lowerBound else { return nil }
    let start = numbers.groups[first].range.lowerBound
    let hasPlus = scalar(start - 1) == "+" || scalar(start - 1) == "(" && scalar(start - 2) == "+"
    var count = 0
    var end = first
    for chunk in chunks {
      let part = phonePart(numbers, chunk)
      let digits = numbers.sizes(part).reduce(0, +)
      guard !part.isEmpty, count + digits <= 15 else { break }
      if chunk.lowerBound > first {
        guard let join = numbers.groups[chunk.lowerBound].join, join.isPhone else { break }
        if case .loose(opens: true) = join, count >= 8 { break }
        // A whole number, and a small one that has nothing to do with it.
        if !hasPlus, count >= 10, digits < 3 { break }
      }
      count += digits
      end = part.upperBound
      if part != chunk { break }
    }
    let range = first..<end
    guard count >= 8 else { return nil }
    if hasPlus { return range }
    if range.count == 1, count > 12 { return nil }
    if numbers.isDate(range) || numbers.sizes(range) == [4, 4] && numbers.isOrdinary(range) { return nil }
    let isBracketed = scalars[start..<numbers.groups[end - 1].range.upperBound].contains(")")
    return !isBracketed && isOrder(before: start) ? nil : range
  }

  /// Of a chunk what may be of a phone: up to a comma, a stroke or a colon.
  private func phonePart(_ numbers: NumberGroups, _ chunk: Range<Int>) -> Range<Int> {
    var end = chunk.lowerBound
    for index in chunk {
      if numbers.groups[index].isWall || index > chunk.lowerBound && numbers.groups[index].join?.isPhone != true { break }
      end = index + 1
    }
    return chunk.lowerBound..<end
  }

  // MARK: - What stands around

  /// "INV2027000123", "INV-2027-000123", "#2027000123", "12345678kg".
  private func touchesLetter(_ numbers: NumberGroups, _ chunk: Range<Int>) -> Bool {
    var before = numbers.groups[chunk.lowerBound].range.lowerBound - 1
    if let mark = scalar(before), mark == "-" || mark == "_" || mark == "/" { before -= 1 }
    let after = scalar(numbers.groups[chunk.upperBound - 1].range.upperBound)
    return isLetter(scalar(before)) || scalar(before) == "#" || isLetter(after)
  }

  private func isLetter(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { $0.properties.isAlphabetic || $0 == "_" } ?? false }

  /// A sign or a name of money right beside it.
  private func isPrice(_ numbers: NumberGroups, _ chunk: Range<Int>) -> Bool {
    var before = numbers.groups[chunk.lowerBound].range.lowerBound - 1
    while let blank = scalar(before), blank == " " || blank == "\u{A0}" { before -= 1 }
    var after = numbers.groups[chunk.upperBound - 1].range.upperBound
    while let blank = scalar(after), blank == " " || blank == "\u{A0}" { after += 1 }
    if [scalar(before), scalar(after)].contains(where: { $0?.properties.generalCategory == .currencySymbol }) { return true }
    var end = after
    while end < scalars.count, end - after < 12, isLetter(scalars[end]) { end += 1 }
    let words = words(before: before + 1, most: 1) + [PhraseFolding.word(lowercased(after..<end))]
    return words.contains { RedactionWords.money.contains($0) }
  }

  /// Whether the nearest word that says what the number is says "order" and not "phone"; when none does, "nº" before it is an order's.
  private func isOrder(before place: Int) -> Bool {
    for word in words(before: place, most: 5) {
      if RedactionWords.phone.contains(word) { return false }
      if RedactionWords.order.contains(word) { return true }
    }
    var sign = place - 1
    while let mark = scalar(sign), mark == " " || mark == "." || mark == "\u{A0}" { sign -= 1 }
    return (scalar(sign) == "º" || scalar(sign) == "°") && (scalar(sign - 1) == "n" || scalar(sign - 1) == "N")
  }

  /// The nearest first, folded, within the line and 60 scalars.
  private func words(before place: Int, most: Int) -> [String] {
    var words: [String] = []
    var end = place
    let least = max(place - 60, 0)
    while words.count < most, end > least, scalars[end - 1] != "\n" {
      guard isLetter(scalars[end - 1]) else {
        end -= 1
        continue
      }
      var start = end
      while start > least, isLetter(scalars[start - 1]) { start -= 1 }
      words.append(PhraseFolding.word(lowercased(start..<end)))
      end = start
    }
    return words
  }

  /// `12.ABC.345/01DE-35`: a company's number with letters counts in its usual spelling only.
  private mutating func findLetteredCompanies() {
    let marks: [Int: Unicode.Scalar] = [2: ".", 6: ".", 10: "/", 15: "-"]
    for start in scalars.indices where scalar(start + 10) == "/" && scalar(start + 15) == "-" && scalar(start + 2) == "." {
      guard start + 18 <= scalars.count, !(scalar(start - 1).map(ASCII.isAlphanumeric) ?? false) else { continue }
      let places = (0..<18).filter { marks[$0] == nil }
      let letters = places.map { scalars[start + $0] }
      guard marks.allSatisfy({ scalars[start + $0.key] == $0.value }), letters.allSatisfy(ASCII.isAlphanumeric),
        CheckDigits.isCNPJ(letters.map { Int($0.value & ~(ASCII.isLetter($0) ? 0x20 : 0)) - 48 }), isFree(start..<start + 18)
      else { continue }
      take(start..<start + 18, .cnpj, lowercased(start..<start + 18))
    }
  }
}

private enum RedactionWords {
  static let phone: Set<String> = [
    "phone", "tel", "telephone", "telefone", "telefones", "fone", "cel", "celular", "cell", "mobile", "whatsapp", "whats", "zap", "call",
    "ring",
    "ligar", "ligue", "liguem", "ligo", "fax", "sms", "contato", "contact", "landline", "fixo",
  ]
  static let order: Set<String> = [
    "order", "orders", "pedido", "pedidos", "invoice", "invoices", "fatura", "faturas", "nota", "notas", "nf", "nfe", "ticket", "tickets",
    "chamado", "chamados", "protocolo", "protocolos", "tracking", "rastreio", "rastreamento", "code", "codes", "codigo", "codigos", "sku",
    "ref",
    "reference", "referencia", "id", "serial", "serie", "item", "items", "itens", "lote", "batch", "contract", "contrato", "parcel",
    "package",
    "pacote", "shipment", "envio", "encomenda", "po", "rma", "case", "caso", "compra", "purchase", "product", "produto", "artigo",
    "article",
    "model", "modelo", "version", "versao", "transaction", "transacao",
  ]
  static let money: Set<String> = ["usd", "brl", "eur", "gbp", "reais", "real", "euro", "euros", "dollar", "dollars", "dolares", "pounds"]
}

extension PhraseFolding {
  /// A word in lower-case ASCII.
  fileprivate static func word(_ text: String) -> String { String(decoding: PhraseFolding(text).bytes, as: UTF8.self) }
}
