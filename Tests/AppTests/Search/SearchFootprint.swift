import Testing

@testable import App

extension Footprint {
  static let search = Footprint(
    queries: [
      "/search": [
        House.Field(name: "q", right: "mine", rule: .question), House.Field(name: "kind", right: "task", rule: .anyBoxes),
        House.Field(name: "tag", right: "home", rule: .optionalLine),
        House.Field(name: "since", right: "2026-11-01", rule: .optionalNumber),
        House.Field(name: "until", right: "2026-12-01", rule: .optionalNumber), House.Field(name: "sense", right: "", rule: .optionalRow),
        House.Field(name: "after", right: "50", rule: .optionalNumber),
      ]
    ], worked: ["search_documents": "S"], asked: ["search_documents": "S"],
    doors: ["find_similar web", "find_things web", "search_things web"])
}
