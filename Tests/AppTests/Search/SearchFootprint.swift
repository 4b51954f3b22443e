import Testing

@testable import App

extension Footprint {
  static let search = Footprint(
    queries: ["/search": [House.Field(name: "q", right: "mine", rule: .optionalLine)]], worked: ["search_documents": "S"],
    asked: ["search_documents": "S"], doors: ["find_things web"])
}
