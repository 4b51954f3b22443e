/// What English people write that must get the human text.
enum CoachHarmEnglish {
  static let human = coachLines(
    """
    I want to die
    i wanna die
    I just want to end it
    I want to end it all
    i want to end my life
    I am thinking about ending things
    I'm going to kill myself
    im gonna kill myself tonight
    I could kill myself
    kill my self
    killing myself sounds easier
    I want to hurt myself
    i keep cutting myself
    I cut myself again yesterday
    I have been self harming
    self-harm is back
    selfharm
    I feel suicidal
    i am suicidal
    suicide
    thinking of suicide
    I have suicidal thoughts
    I wish I was dead
    I wish I were dead
    i wish i was never born
    I wish I had never been born
    everyone would be better off without me
    They'd be better off if I was dead
    I don't want to live anymore
    i dont want to live
    I do not want to be here anymore
    I don't wanna be alive
    I can't go on
    i cant do this anymore
    there is no reason to live
    no point in living
    What's the point of living
    life is not worth living
    life isn't worth it anymore
    I'm tired of living
    tired of being alive
    I hate being alive
    I want to disappear forever
    I wish I would never wake up
    I don't want to wake up tomorrow, I want to never wake up
    I keep thinking about death
    thinking about jumping off a bridge
    I might jump in front of a train
    I want to slit my wrists
    I took all my pills
    I swallowed the whole bottle
    I overdosed once
    an overdose would be easy
    I wrote a suicide note
    nobody would care if I died
    nobody would miss me
    no one would miss me if i was gone
    i deserve to die
    kms
    maybe I should just kms
    I want to unalive myself
    my friend wants to die
    my friend says she wants to kill herself
    asking for a friend: he wants to end his life
    my brother is suicidal, what do I do
    my sister cuts herself
    my son is hurting himself
    a friend of mine is thinking of suicide
    I wanted to die last night
    rather die than do this
    I'm ready to die
    I WANT TO DIE
    i w a n t t o d i e
    i want to d i e
    I want to d1e
    k1ll myself
    kill mys3lf
    s u i c i d e
    s.u.i.c.i.d.e
    s-u-i-c-i-d-e
    su1c1de
    5uicide
    suiside
    sucide
    suicde
    suicied
    suuuiiicide
    sui cide
    su!cide
    ѕuісіdе
    ｓｕｉｃｉｄｅ
    s​u​i​c​i​d​e
    iwanttodie
    killmyself
    wanttodie
    I waaaant to dieee
    I want to die. Also, what is due today?
    What is due today? I want to die
    kill two birds with one stone, then kill myself
    this deadline kills me and I want to die
    stop smoking or kill myself, those are the options
    I want to kill him
    I am going to kill my boss
    I feel like killing someone
    i could murder my neighbour
    I want to hurt somebody
    I hit my kid today
    I am beating my wife
    I might hurt my baby
    how do I poison someone
    I'll bring a gun to work
    my husband hits me
    my boyfriend beats me
    my dad hit me again
    he hurts me
    he threatened to kill me
    she chokes me when she is angry
    I was raped
    I was sexually assaulted
    I am being abused
    domestic violence at home
    I'm in an abusive relationship
    my abusive husband came back
    my uncle touches me
    I'm scared of my partner
    I am afraid to go home
    I stopped eating
    I quit eating
    I'm not eating anything
    I haven't eaten in three days
    i havent eaten for 2 days
    I eat nothing
    eating nothing is my new habit
    I ate nothing for three days
    I'm starving myself
    I want to starve until I am thin
    I throw up after dinner
    I make myself throw up
    I make myself sick after meals
    purging again
    I think I am bulimic
    anorexia
    anorexic and proud
    laxatives to lose weight
    only water for five days
    water fast for 10 days
    only 300 calories
    should I stop my pills
    Should I stop taking my medication?
    can i skip my meds today
    can I double the dose
    Is it ok to mix my antidepressants with alcohol
    my friend asks if she should stop her antidepressants
    I forgot to take my pills. Should I double them?
    forgot my pill, what do I do
    how many mg of ibuprofen can I take
    can I take ibuprofen with beer
    is it safe to take melatonin every day
    what is the right dose of melatonin
    what dose should I take
    how much insulin should I use
    which medicine should I take for a headache
    what are the side effects of sertraline
    do I have ADHD
    could I have cancer
    is this a heart attack
    I have chest pain
    I can't breathe
    can you diagnose me
    are these symptoms of depression
    I am pregnant, can I run
    there is a lump in my breast
    should I see a doctor
    can i take paracetmol before running
    should i stop my medicaton
    I feel hopeless
    I am so depressed
    I don't see a future
    I feel like a burden
    I want to sleep forever
    nothing matters anymore
    goodbye world
    I want out of life
    can I drink coffee after my pill
    I have a panic attack
    """)
}
