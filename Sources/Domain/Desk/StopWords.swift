/// Words that say nothing about what a question is about, of both languages together, without accents: those of grammar, and those of courtesy.
///
/// One list for both: who writes in one language has words of the other, and what is a stop word in one is hardly ever the subject in the other.
enum StopWords {
  static let all: Set<String> = english.union(portuguese)

  private static func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map(String.init)) }

  private static let english = set(
    """
    a about above after again against all also am an and any anyone are aren as at be because been before being below between both but by can could couldn \
    did didn do does doesn doing don done down during each either else ever every few for from further get gets getting got had hadn has hasn have haven \
    having he her here hers herself him himself his how however i if in into is isn it its itself just let ll me might mine more most must my myself near \
    never no nor not now of off on once one only or other otherwise ought our ours ourselves out over own per please quite rather re really same shall she \
    should shouldn since so some somebody someone something soon still such than that the their theirs them themselves then there these they thing things \
    this those through till to too under until up upon us ve very was wasn way we were weren what whatever when where whether which while who whoever whom \
    whose why will with within without won would wouldn yet you your yours yourself yourselves able actually already always anything maybe much many lot \
    hi hello hey dear thanks thank thx regards kind best cheers team sir madam help helping wondering wonder know like want wants wanted need needs tell told \
    question questions ask asking asked say says said see think try trying tried give make makes made going go goes come comes happen happens use using may \
    bit cant dont wont im ive id isnt doesnt didnt whats hows lets okay ok yes sure possible possibly guys good morning afternoon evening day
    """)

  private static let portuguese = set(
    """
    a acerca agora ai ainda alem algo alguem algum alguma algumas alguns ali ante antes ao aos apenas apos aquela aquelas aquele aqueles aqui aquilo as assim \
    ate atraves bem cada caso coisa coisas com como contra contudo cujo cuja da dai dali das de dela delas dele deles demais depois desde desse dessa desses \
    dessas deste desta destes destas disso disto do dos e eh ela elas ele eles em enquanto entao entre era eram essa essas esse esses esta estamos estao estar \
    estas estava estavam este esteja estejam estes esteve estive estou eu fazer faz faco fez feito fica ficar foi for foram fosse fui havia hei ha houve isso \
    isto ja la lhe lhes logo mais mas me mediante menos mesma mesmas mesmo mesmos meu meus mim minha minhas muita muitas muito muitos na nada nao nas nem \
    nenhum nenhuma nessa nessas nesse nesses nesta nestas neste nestes ninguem no nos nossa nossas nosso nossos num numa nunca o onde os ou outra outras outro \
    outros para pela pelas pelo pelos per perante pois por porem porque pq pouca poucas pouco poucos pra pro qual qualquer quais quando quanto quanta quantas \
    quantos que quem se sem sempre sendo ser sera serao seria seu seus si sido sim so sob sobre sou sua suas sao tal tambem tampouco tanto tao te tem tenha \
    tenho tens ter tera teria teve tinha tive toda todas todavia todo todos tu tua tuas tudo um uma umas uns vai vao vez vezes vindo vir voce voces vos vc vcs vou \
    ola oi bom boa dia tarde noite obrigado obrigada obg favor gostaria gostava queria quero querer saber sei sabe sabem preciso precisa precisava posso \
    pode podem podemos poderia podia consigo consegue conseguir conseguiria ajuda ajudar ajudem ajudarem duvida duvidas pergunta perguntas att atenciosamente \
    abraco abracos prezado prezada prezados caro cara pessoal gente ae entendi dizer diga digam dizem acho tipo ne existe existem tento tentei tentando deve \
    devo dever aconteceu acontece dar deu dou fiz
    """)
}
