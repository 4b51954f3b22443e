import Testing

@testable import App

extension Footprint {
  static let search = Footprint(queries: ["/search": [House.Field(name: "q", right: "mine", rule: .optionalLine)]])
}
