import Domain
import HTML
import Web

/// How far ahead something reaches, in words.
enum HorizonWords {
  static func name(_ horizon: Horizon, _ words: Words) -> String {
    switch horizon {
    case .week: words("A week", context: "horizon")
    case .month: words("A month", context: "horizon")
    case .quarter: words("A quarter", context: "horizon")
    case .year: words("A year", context: "horizon")
    case .life: words("For life", context: "horizon")
    }
  }

  /// The options of a field that may stay empty.
  ///
  /// - Parameter none: what that says; nil: that there is none.
  static func options(_ words: Words, none: String? = nil) -> [(value: String, label: String)] {
    [(value: "", label: none ?? words("None", context: "horizon"))] + Horizon.allCases.map { (value: $0.rawValue, label: name($0, words)) }
  }
}

extension FormReader {
  /// How far ahead something reaches; nil: nobody has said.
  mutating func horizon(_ name: String) -> Horizon? {
    let text = raw(name)
    return text.utf8.isEmpty ? nil : picked(name, as: Horizon.self)
  }
}
