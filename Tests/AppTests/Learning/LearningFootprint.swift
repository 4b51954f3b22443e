@testable import App

extension Footprint {
  static let learning = Footprint(
    queries: ["/learning": [House.Field(name: "days", right: "", rule: .choice)]])
}
