/// The languages Heed speaks; the raw value is the BCP 47 tag that is stored and sent as `lang`.
public enum Language: String, CaseIterable, Hashable, Sendable {
  case english = "en"
  case portuguese = "pt-BR"
}
