/// Passwords of ten and more bytes that are among the first anybody would try, in lower case. Shorter ones are refused by their length;
/// runs and repetitions by `Password.isCommon`.
let commonPasswords: Set<String> = Set(
  """
  0000000001 0123456789 0987654321 1111122222 1112223334 1122334455 112233445566 11223344556677 1231231231 123123123123 123321123321
  1234512345 1234567890a 1234567890q 12345678910 123456789a 123456789q 1472583690 159357258456 1a2b3c4d5e 1q2w3e4r5t 1q2w3e4r5t6y
  1qaz2wsx3edc 5201314520 5201314521 7418529630 7894561230 9876543210 a1b2c3d4e5 a1b2c3d4e5f6 aa12345678 aa123456789 abc1234567
  abc123abc123 abcd123456 abcde12345 abcdef1234 abcdef12345 abcdefg123 admin12345 admin123456 adminadmin administrator administrator1
  alexander1 alexander123 apple12345 arsenal1234 as12345678 asdfghjkl1 asdfghjkl123 asshole123 autumn2026 barcelona1 barcelona123
  baseball123 basketball basketball1 batman12345 bitch12345 blink182123 brasil1234 brasil2024 brasil2025 brasil2026 butterfly1
  butterfly123 changeme123 changeme1234 changemenow charlie123 chelsea1234 chocolate1 chocolate123 christmas1 christmas123 christopher
  christopher1 computer12 computer123 corinthians correcthorsebatterystaple cristiano7 december2026 default123 default1234 dragon12345
  elephant123 elizabeth1 elizabeth123 eminem12345 facebook12 facebook123 ferrari1234 flamengo123 football12 football123 fuckyou123
  fuckyou1234 fuckyoufuck google12345 greenday123 gremio1234 guest12345 heed123456 heedheedheed heedpassword iloveyou12 iloveyou123
  iloveyou1234 iloveyoumore iloveyouso internet12 internet123 january2026 jennifer123 jessica123 jordan12345 killer12345 letmein123
  letmein1234 letmeinnow linkedin123 linkinpark linkinpark1 liverpool1 liverpool123 loveyou123 manchester manchester1 maradona10
  master12345 mercedes123 messi12345 metallica1 metallica123 michael123 michelle123 microsoft1 microsoft123 minhasenha minhasenha1
  minhasenha123 monkey12345 motherfucker mudar12345 mudarsenha mypassword mypassword1 newpassword newpassword1 neymar12345 nirvana1234
  nothing123 nothing1234 november2026 october2026 p4ssw0rd123 p@55w0rd123 p@ssw0rd12 p@ssw0rd123 p@ssword123 palmeiras1 palmeiras123
  pass123456 pass1234567 passpass12 passpass123 passphrase passphrase1 passw0rd12 passw0rd123 password!1 password1! password12
  password12! password123 password123! password1234 password12345 password123456 password2020 password2021 password2022 password2023
  password2024 password2025 password2026 password@123 passwordpassword pokemon123 pokemon1234 porsche911 princess12 princess123
  q1w2e3r4t5 q1w2e3r4t5y6 qazwsx1234 qazwsxedcrfv qq12345678 qq123456789 qweasdzxc1 qweasdzxc123 qwerty1234 qwerty12345 qwerty123456
  qwertyqwerty qwertyuiop1 qwertyuiop123 realmadrid realmadrid1 remember123 reminder123 rockandroll rocknroll1 ronaldinho ronaldo1234
  rootrootroot samsung123 samsung1234 saopaulo123 secret1234 secret12345 secretsecret senha12345 senha123456 senha1234567 senhasenha
  shadow12345 slipknot123 something1 something123 spiderman1 spiderman123 spring2026 starwars123 strawberry strawberry1 summer2024
  summer2025 summer2026 sunshine12 sunshine123 superadmin superman123 test123456 test1234567 tester12345 testing123 testing1234
  testtest12 testtest123 thepassword toortoortoor topsecret1 topsecret123 trustno1234 unknown123 user123456 username12 username123
  vascodagama welcome123 welcome1234 welcome2024 welcome2025 welcome2026 whatever123 windows123 windows1234 winter2024 winter2025
  winter2026 woaini1314 woaini1314520 yourpassword zaq12wsxcde3 zaq1zaq1zaq1 zxcasdqwe123 zxcvbnm123 zxcvbnm1234
  """.split { $0 == " " || $0 == "\n" }.map(String.init) + ["correct horse battery staple", "to be or not to be"])
