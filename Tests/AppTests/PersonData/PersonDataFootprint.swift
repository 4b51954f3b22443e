@testable import App

extension Footprint {
  static let personData = Footprint(
    posts: [
      "/settings/deletion": Post(
        entry: "person.erased",
        fields: [House.Field(name: "password", right: Browser.encoded(Site.password), rule: .exactly)])
    ],
    doors: ["erase_person web", "erase_person_later web", "erase_person_more web work"])
}
