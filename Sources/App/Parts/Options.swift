/// Lists that several forms offer.
enum Options {
  static let languages: [(value: String, label: String)] = [("en", "English"), ("pt-BR", "Português (Brasil)")]
}
