/// The elements that are open where a reader of HTML stands (``HTMLTextReader``, ``MailHTML``): what is hidden in one is hidden in the other.
struct HTMLOpenElements {
  struct Element {
    let key: HTMLElement.Key
    let isHidden: Bool
    /// As it was written; nil: it was not.
    let name: StaticString?
  }

  /// Elements through which an end tag is looked for, and how many are kept.
  private static let (furthest, deepest) = (256, 10_000)

  private var elements: [Element] = []
  private var hidden = 0
  /// Paragraphs among them: most begin where none is.
  private var paragraphs = 0

  /// Whether nothing is shown here.
  var isHidden: Bool { hidden > 0 }
  var isFull: Bool { elements.count >= Self.deepest }

  mutating func push(_ key: HTMLElement.Key, isHidden: Bool, name: StaticString? = nil) {
    elements.append(Element(key: key, isHidden: isHidden, name: name))
    if isHidden { hidden += 1 }
    if key == Self.paragraph { paragraphs += 1 }
  }

  /// Takes the last one away; nil: no more than `index` are open.
  mutating func pop(to index: Int) -> Element? {
    guard elements.count > index else { return nil }
    let element = elements.removeLast()
    if element.isHidden { hidden -= 1 }
    if element.key == Self.paragraph { paragraphs -= 1 }
    return element
  }

  /// The place of the element that an end tag ends: within the cell or list that the tag stands in; parts of a table are looked for in the table.
  func place(of key: HTMLElement.Key) -> Int? {
    let walls = Self.isTablePart(key) ? [Self.table] : Self.walls
    var index = elements.count
    let last = max(0, elements.count - Self.furthest)
    while index > last {
      index -= 1
      if elements[index].key == key { return index }
      if walls.contains(elements[index].key) { return nil }
    }
    return nil
  }

  /// The place of an element that ends because another begins: a paragraph before a block, an item before an item, a cell before a cell.
  func placeEnded(by key: HTMLElement.Key) -> Int? {
    if key == Self.item || Self.isTablePart(key) { return key == Self.table ? nil : place(of: key) }
    return paragraphs > 0 ? place(of: Self.paragraph) : nil
  }

  private static let item = HTMLElement.key("li")
  private static let paragraph = HTMLElement.key("p")
  private static let table = HTMLElement.key("table")
  private static let tableParts = [HTMLElement.Key](["td", "th", "tr", "tbody", "thead", "tfoot", "table"].map { HTMLElement.key($0) })
  private static let walls = [HTMLElement.Key](
    ["td", "th", "table", "caption", "button", "template", "ul", "ol", "object", "svg"].map { HTMLElement.key($0) })

  private static func isTablePart(_ key: HTMLElement.Key) -> Bool { tableParts.contains(key) }
}
