/// The telephone code of a country (ITU-T E.164) with what makes a number of its own whole: people write those without it (RULES 9.14).
public struct CallingCode: Hashable, Sendable {
  /// Digits without `+`: "55".
  public let code: String
  /// How many digits stand behind the code.
  let lengths: ClosedRange<Int>
  /// What is dialled before a number inside of the country and left off behind the code; "" where nothing is.
  let trunk: String

  /// Of somebody's own number.
  ///
  /// - Returns: nil for a country that is not in the table.
  public init?(of number: PhoneNumber) {
    let digits = number.text.utf8.dropFirst()
    // No code of a country begins with that of another.
    guard let found = CallingCode.table.first(where: { digits.starts(with: $0.code.code.utf8) }) else { return nil }
    self = found.code
  }

  /// Of where somebody lives, by the name of their zone, an old one too: "America/Sao_Paulo".
  ///
  /// - Returns: nil for a zone of no country, such as UTC, and for one that is not in the table.
  public init?(zone name: String) {
    let current = ZoneLinks.find(name)?.target ?? name
    guard let found = CallingCode.byZone[current] ?? CallingCode.byZone[name] else { return nil }
    self = found
  }

  private init(_ code: String, _ lengths: ClosedRange<Int>, _ trunk: String) {
    (self.code, self.lengths, self.trunk) = (code, lengths, trunk)
  }

  /// A number of this country as E.164 has it.
  ///
  /// - Parameter digits: ASCII digits, as it is dialled inside of the country, or with the code and no `+`.
  /// - Returns: nil where it is too short or too long for one: without the code of a town, or of another country.
  func whole(_ digits: some Collection<UInt8>) -> String? {
    let national: [UInt8]
    if !trunk.utf8.isEmpty, digits.starts(with: trunk.utf8), lengths.contains(digits.count - trunk.utf8.count) {
      national = Array(digits.dropFirst(trunk.utf8.count))
    } else if lengths.contains(digits.count), trunk.utf8.isEmpty || lengths.count <= 2 {
      // Where numbers are of many lengths only what is dialled first tells them from numbers with a code.
      national = Array(digits)
    } else if digits.starts(with: code.utf8), lengths.contains(digits.count - code.utf8.count) {
      national = Array(digits.dropFirst(code.utf8.count))
    } else {
      return nil
    }
    return PhoneNumber("+" + code + String(decoding: national, as: UTF8.self))?.text
  }
}

extension CallingCode {
  private static let byZone: [String: CallingCode] = {
    var zones: [String: CallingCode] = [:]
    for row in table { for zone in row.zones { zones[zone] = row.code } }
    return zones
  }()

  private struct TableRow {
    let code: CallingCode
    let zones: [String]
  }

  /// Code, lengths, what is dialled before it (`-`: nothing), zones. Lengths and trunk prefixes as the national numbering plans at ITU have them.
  private static let table: [TableRow] = text.split(separator: "\n").compactMap { line in
    let words = line.split(separator: " ").map(String.init)
    let bounds = words[1].split(separator: "-").compactMap { Int($0) }
    guard let least = bounds.first, let most = bounds.last, least <= most else { return nil }
    return TableRow(code: CallingCode(words[0], least...most, words[2] == "-" ? "" : words[2]), zones: Array(words.dropFirst(3)))
  }

  private static let text = """
    1 10 1 \(northAmerica)
    7 10 8 Europe/Moscow Europe/Samara Asia/Yekaterinburg Asia/Novosibirsk Asia/Vladivostok Asia/Almaty
    20 8-10 0 Africa/Cairo
    27 9 0 Africa/Johannesburg
    30 10 - Europe/Athens
    31 9 0 Europe/Amsterdam
    32 8-9 0 Europe/Brussels
    33 9 0 Europe/Paris
    34 9 - Europe/Madrid Africa/Ceuta Atlantic/Canary
    36 8-9 06 Europe/Budapest
    39 6-11 - Europe/Rome
    40 9 0 Europe/Bucharest
    41 9 0 Europe/Zurich
    43 7-13 0 Europe/Vienna
    44 9-10 0 Europe/London
    45 8 - Europe/Copenhagen
    46 7-9 0 Europe/Stockholm
    47 8 - Europe/Oslo
    48 9 - Europe/Warsaw
    49 6-11 0 Europe/Berlin
    51 8-9 0 America/Lima
    52 10 - America/Mexico_City America/Monterrey America/Tijuana America/Cancun America/Merida
    54 10 0 America/Argentina/Buenos_Aires America/Argentina/Cordoba
    55 10-11 0 \(brazil)
    56 9 - America/Santiago
    57 10 - America/Bogota
    58 10 0 America/Caracas
    61 9 0 Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Perth Australia/Adelaide Australia/Hobart Australia/Darwin
    64 8-10 0 Pacific/Auckland
    65 8 - Asia/Singapore
    81 9-10 0 Asia/Tokyo
    82 8-10 0 Asia/Seoul
    86 10-11 0 Asia/Shanghai
    90 10 0 Europe/Istanbul
    91 10 0 Asia/Kolkata
    234 8-10 0 Africa/Lagos
    238 7 - Atlantic/Cape_Verde
    244 9 - Africa/Luanda
    254 9 0 Africa/Nairobi
    258 8-9 - Africa/Maputo
    351 9 - Europe/Lisbon Atlantic/Madeira Atlantic/Azores
    353 7-9 0 Europe/Dublin
    358 7-10 0 Europe/Helsinki
    380 9 0 Europe/Kyiv Europe/Kiev
    420 9 - Europe/Prague
    591 8 0 America/La_Paz
    593 8-9 0 America/Guayaquil
    595 9 0 America/Asuncion
    598 8 0 America/Montevideo
    852 8 - Asia/Hong_Kong
    972 8-9 0 Asia/Jerusalem
    """

  private static let northAmerica = """
    America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Anchorage America/Detroit America/Boise \
    America/Indiana/Indianapolis America/Kentucky/Louisville Pacific/Honolulu America/Toronto America/Vancouver America/Edmonton \
    America/Winnipeg America/Halifax America/Regina America/St_Johns America/Montreal
    """

  private static let brazil = """
    America/Sao_Paulo America/Bahia America/Fortaleza America/Recife America/Belem America/Manaus America/Cuiaba America/Campo_Grande \
    America/Porto_Velho America/Rio_Branco America/Boa_Vista America/Maceio America/Araguaina America/Noronha America/Santarem \
    America/Eirunepe
    """
}
