@testable import App

extension Footprint {
  static let personData = Footprint(
    posts: [
      "/settings/deletion": Post(
        // Others share the account, and it has no other owner; PersonErasureTests knows its entry.
        entry: nil, fields: [House.Field(name: "password", right: Browser.encoded(Site.password), rule: .exactly)], status: 409)
    ],
    doors: ["erase_person web", "erase_person_more web work"])
}
