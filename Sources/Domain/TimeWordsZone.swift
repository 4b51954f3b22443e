extension TimeWords {
  /// "New York time"; "horário de New York". A zone that is no place ("UTC", "Etc/GMT+3", "EST5EDT") goes by its own name.
  public static func zone(_ zone: Zone, _ language: Language) -> String {
    let parts = zone.name.split(separator: "/")
    guard parts.count > 1, let place = parts.last, parts[0] != "Etc" else { return zone.name }
    let name = String(decoding: place.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    switch language {
    case .english: return name + " time"
    case .portuguese: return "horário de " + (brazilian[name] ?? name)
    }
  }

  /// Zone names have no accents; Brazilians do, and notice.
  private static let brazilian = [
    "Araguaina": "Araguaína", "Belem": "Belém", "Cuiaba": "Cuiabá", "Eirunepe": "Eirunepé", "Maceio": "Maceió",
    "Noronha": "Fernando de Noronha", "Santarem": "Santarém", "Sao Paulo": "São Paulo",
  ]
}
