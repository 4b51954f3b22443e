/// Names that zones had once, each with the name it has now. Debian keeps old names in a package of its own (`tzdata-legacy`), so a machine may
/// lack the file of a name that a reminder was stored with years ago; its clocks are those of the newer name all the same.
///
/// The links of `tzdata.zi`, release 2026f, as Debian builds it; a test compares them with those of the machine.
public enum ZoneLinks {
  /// The release that the table was taken from.
  public static let version = "2026f"

  /// What an old name, in any letter case, is called now; nil for a name that is not old.
  ///
  /// - Returns: the old name as it is spelled, and the newer one.
  public static func find(_ name: some StringProtocol) -> (name: String, target: String)? {
    guard name.utf8.count <= 64 else { return nil }
    return links[String(decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)]
  }

  /// By the old name in lower case.
  static let links: [String: (name: String, target: String)] = {
    var links: [String: (name: String, target: String)] = [:]
    for line in table.utf8.split(separator: 0x0A) {
      let names = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      for name in names.dropFirst() {
        links[String(decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)] = (name, names[0])
      }
    }
    return links
  }()

  /// A line for each zone: its name, then its old ones.
  private static let table = """
    Africa/Abidjan Africa/Timbuktu Iceland
    Africa/Cairo Egypt
    Africa/Nairobi Africa/Asmera
    Africa/Tripoli Libya
    America/Adak US/Aleutian America/Atka
    America/Anchorage US/Alaska
    America/Argentina/Buenos_Aires America/Buenos_Aires
    America/Argentina/Catamarca America/Catamarca America/Argentina/ComodRivadavia
    America/Argentina/Cordoba America/Cordoba America/Rosario
    America/Argentina/Jujuy America/Jujuy
    America/Argentina/Mendoza America/Mendoza
    America/Chicago US/Central
    America/Denver Navajo US/Mountain America/Shiprock
    America/Detroit US/Michigan
    America/Edmonton Canada/Mountain America/Yellowknife
    America/Halifax Canada/Atlantic
    America/Havana Cuba
    America/Indiana/Indianapolis US/East-Indiana America/Indianapolis America/Fort_Wayne
    America/Indiana/Knox US/Indiana-Starke America/Knox_IN
    America/Iqaluit America/Pangnirtung
    America/Jamaica Jamaica
    America/Kentucky/Louisville America/Louisville
    America/Los_Angeles US/Pacific
    America/Manaus Brazil/West
    America/Mazatlan Mexico/BajaSur
    America/Mexico_City Mexico/General
    America/New_York US/Eastern
    America/Noronha Brazil/DeNoronha
    America/Nuuk America/Godthab
    America/Panama America/Coral_Harbour
    America/Phoenix US/Arizona
    America/Puerto_Rico America/Kralendijk America/Lower_Princes America/Marigot America/St_Barthelemy America/Virgin
    America/Regina Canada/Saskatchewan
    America/Rio_Branco Brazil/Acre America/Porto_Acre
    America/Santiago Chile/Continental
    America/Sao_Paulo Brazil/East
    America/St_Johns Canada/Newfoundland
    America/Tijuana Mexico/BajaNorte America/Ensenada America/Santa_Isabel
    America/Toronto Canada/Eastern America/Montreal America/Nipigon America/Thunder_Bay
    America/Vancouver Canada/Pacific
    America/Whitehorse Canada/Yukon
    America/Winnipeg Canada/Central America/Rainy_River
    Asia/Ashgabat Asia/Ashkhabad
    Asia/Dhaka Asia/Dacca
    Asia/Ho_Chi_Minh Asia/Saigon
    Asia/Hong_Kong Hongkong
    Asia/Jerusalem Israel Asia/Tel_Aviv
    Asia/Kathmandu Asia/Katmandu
    Asia/Kolkata Asia/Calcutta
    Asia/Macau Asia/Macao
    Asia/Makassar Asia/Ujung_Pandang
    Asia/Nicosia Europe/Nicosia
    Asia/Seoul ROK
    Asia/Shanghai PRC Asia/Chongqing Asia/Harbin Asia/Chungking
    Asia/Singapore Singapore
    Asia/Taipei ROC
    Asia/Tehran Iran
    Asia/Thimphu Asia/Thimbu
    Asia/Tokyo Japan
    Asia/Ulaanbaatar Asia/Choibalsan Asia/Ulan_Bator
    Asia/Urumqi Asia/Kashgar
    Asia/Yangon Asia/Rangoon
    Atlantic/Faroe Atlantic/Faeroe
    Australia/Adelaide Australia/South
    Australia/Brisbane Australia/Queensland
    Australia/Broken_Hill Australia/Yancowinna
    Australia/Darwin Australia/North
    Australia/Hobart Australia/Tasmania Australia/Currie
    Australia/Lord_Howe Australia/LHI
    Australia/Melbourne Australia/Victoria
    Australia/Perth Australia/West
    Australia/Sydney Australia/ACT Australia/NSW Australia/Canberra
    Etc/GMT GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich GMT+0 GMT-0 GMT0 Greenwich
    Etc/UTC Etc/UCT Etc/Universal Etc/Zulu UCT UTC Universal Zulu
    Europe/Belgrade Europe/Podgorica
    Europe/Berlin Arctic/Longyearbyen Atlantic/Jan_Mayen
    Europe/Chisinau Europe/Tiraspol
    Europe/Dublin Eire
    Europe/Helsinki Europe/Mariehamn
    Europe/Istanbul Turkey Asia/Istanbul
    Europe/Kyiv Europe/Uzhgorod Europe/Zaporozhye Europe/Kiev
    Europe/Lisbon Portugal
    Europe/London GB GB-Eire Europe/Belfast
    Europe/Moscow W-SU
    Europe/Prague Europe/Bratislava
    Europe/Rome Europe/San_Marino Europe/Vatican
    Europe/Warsaw Poland
    Europe/Zurich Europe/Busingen
    Pacific/Auckland NZ Antarctica/South_Pole
    Pacific/Chatham NZ-CHAT
    Pacific/Easter Chile/EasterIsland
    Pacific/Guadalcanal Pacific/Ponape
    Pacific/Honolulu US/Hawaii Pacific/Johnston
    Pacific/Kanton Pacific/Enderbury
    Pacific/Kwajalein Kwajalein
    Pacific/Pago_Pago US/Samoa Pacific/Samoa
    Pacific/Port_Moresby Pacific/Truk Pacific/Yap
    """
}
