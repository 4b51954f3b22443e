"""Words for times, from outside: the phrases of RULES 2.1 to 2.9 in both languages, each with the one instant that it means."""
import datetime
import zoneinfo

import pytest

from contract import Person

# It is Wednesday 10 March 2027: 10:00 in New York (-5, from 14 March -4), 12:00 in São Paulo (-3).
ENGLISH = {
    "20 min": "03-10T10:20", "2h": "03-10T12:00", "1 day and 3 hours": "03-11T13:00", "in 2 weeks": "03-24T11:00", "9am": "03-11T09:00",
    "21:30": "03-10T21:30", "noon": "03-10T12:00",
    "midnight": "03-11T00:00", "tomorrow": "03-11T09:00", "day after tomorrow": "03-12T09:00", "monday": "03-15T09:00",
    "wednesday": "03-17T09:00", "next friday": "03-12T09:00",
    "12 Dec": "12-12T09:00", "2027-03-14": "03-14T09:00", "until friday": "03-12T09:00", "until tomorrow at 9": "03-11T09:00",
    "tomorrow at 9": "03-11T09:00", "next friday noon": "03-12T12:00",
    "in 1 month": "04-10T10:00", "1 year": "2028-03-10T10:00", "in 4 days": "03-14T11:00", "in 96 hours": "03-14T11:00",
    "daqui a 3 dias": "03-13T10:00", "em 2 horas": "03-10T12:00",
    "amanhã às 9h": "03-11T09:00", "sexta que vem": "03-12T09:00", "tmr": "03-11T09:00", "tmrw": "03-11T09:00", "tmr 9": "03-11T09:00",
    "end of day": "03-10T18:00", "eod": "03-10T18:00",
    "end of week": "03-12T18:00", "end of month": "03-31T09:00", "eom": "03-31T09:00", "first monday of next month": "04-05T09:00",
    "later": "03-10T13:00", "later today": "03-10T13:00",
    "a bit later": "03-10T10:30", "after lunch": "03-10T14:00", "in 3 business days": "03-15T09:00", "tuesday week": "03-23T09:00",
    "20/03/2027": "03-20T09:00", "20.03.2027": "03-20T09:00",
    "14h": "03-11T00:00", "1600h": "03-10T16:00", "friday 18": "03-12T18:00", "9 tomorrow": "03-11T09:00", "6p": "03-10T18:00",
    "930am": "03-11T09:30", "12 noon": "03-10T12:00",
    "7 in the evening": "03-10T19:00", "8 tonight": "03-10T20:00", "tonight": "03-10T20:00",
    "couple of hours": "03-10T12:00", "hour and a half": "03-10T11:30",
    "1½ hours": "03-10T11:30", "1/2 hour": "03-10T10:30", "+15m": "03-10T10:15", "2h 15": "03-10T12:15",
    "three quarters of an hour": "03-10T10:45", "end of next week": "03-19T18:00",
    "start of next month": "04-01T09:00", "end of march": "03-31T09:00", "last friday of the month": "03-26T09:00",
    "second tuesday of april": "04-13T09:00", "a week on monday": "03-22T09:00",
    "next business day": "03-11T09:00", "march the 15th": "03-15T09:00", "15/3": "03-15T09:00", "2027-03-15T17:30:00": "03-15T17:30",
    "the 12th of next month": "04-12T09:00",
    "same time tomorrow": "03-11T10:00", "first thing tomorrow": "03-11T09:00", "remind me tomorrow": "03-11T09:00",
    "snooze 20 min": "03-10T10:20", "tomorrow!": "03-11T09:00",
    "TOMORROW AT 9AM": "03-11T09:00", "  tomorrow   at  9 ": "03-11T09:00", "march 31": "03-31T09:00", "feb 29 2028": "2028-02-29T09:00",
    "3/15": "03-15T09:00", "12am": "03-11T00:00",
    "12pm": "03-10T12:00", "10:00": "03-11T10:00", "10:01": "03-10T10:01", "sunday 2:30": "03-14T03:30", "in an hour": "03-10T11:00",
    "half an hour": "03-10T10:30",
}
PORTUGUESE = {
    "daqui a 3 dias": "03-13T12:00", "em 2 horas": "03-10T14:00", "às 9h": "03-11T09:00", "amanhã": "03-11T09:00",
    "depois de amanhã": "03-12T09:00", "sexta": "03-12T09:00",
    "próxima sexta": "03-12T09:00", "sexta que vem": "03-12T09:00", "30/04": "04-30T09:00", "até sexta": "03-12T09:00",
    "amanhã às 9h": "03-11T09:00", "fim do dia": "03-10T18:00",
    "fim da semana": "03-12T18:00", "fim do mês": "03-31T09:00", "primeira segunda do mês que vem": "04-05T09:00",
    "mais tarde": "03-10T15:00", "daqui a pouco": "03-10T12:30",
    "depois do almoço": "03-10T14:00", "em 3 dias úteis": "03-15T09:00", "9 da manhã": "03-11T09:00", "3 da tarde": "03-10T15:00",
    "8 da noite": "03-10T20:00", "21h": "03-10T21:00",
    "2h": "03-10T14:00", "1h30": "03-10T13:30", "12h": "03-11T12:00", "23h": "03-10T23:00", "09h": "03-11T09:00", "9h00": "03-11T09:00",
    "7h15": "03-11T07:15", "em 12h": "03-11T00:00",
    "daqui a 21h": "03-11T09:00", "às 2h": "03-11T02:00", "1600h": "03-10T16:00", "03/04/2027": "04-03T09:00", "20/03/2027": "03-20T09:00",
    "20.03.2027": "03-20T09:00", "sexta 18": "03-12T18:00",
    "por volta das 9h": "03-11T09:00", "uma da tarde": "03-10T13:00", "meia hora": "03-10T12:30", "um par de horas": "03-10T14:00",
    "fim do ano": "12-31T09:00",
    "início do mês que vem": "04-01T09:00", "última sexta do mês": "03-26T09:00", "de hoje a uma semana": "03-17T09:00",
    "próximo dia útil": "03-11T09:00", "dia 10 do mês que vem": "04-10T09:00",
    "adiar 20 min": "03-10T12:20", "amanha": "03-11T09:00", "amanha\u0303": "03-11T09:00", "AMANHÃ ÀS 9H": "03-11T09:00",
    "meio-dia": "03-11T12:00", "meia-noite": "03-11T00:00",
    "tomorrow at 9am": "03-11T09:00", "in 20 min": "03-10T12:20", "segunda-feira": "03-15T09:00", "terça às 14h30": "03-16T14:30",
    "terca": "03-16T09:00", "sábado": "03-13T09:00",
    "12 de dezembro": "12-12T09:00", "dia 15": "03-15T09:00", "hoje às 18h": "03-10T18:00", "hoje à noite": "03-10T20:00", 
    "daqui a uma hora": "03-10T13:00", "uma hora e meia": "03-10T13:30",
}
REFUSED = ["03/04/2027", "9", "30 feb", "2027-02-29", "31 april", "yesterday", "2 years", "-1 hour", "0 min", "25:00", "13pm", "9:60",
           "32 march", "tomorrow tomorrow", "9am 10am",
           "friday 25", "x" * 201, "tomorrow\x00", "in", "at", "until", "1e3 min", "in ٣ hours", "99999999999999999999 min", "2026-03-11",
           "10 march 2027 at 9", "in 366 days and 1 hour", "🙂"]


@pytest.fixture(scope="module")
def people(march):
    return {"en": Person(march), "pt-BR": Person(march, language="pt-BR", timezone="America/Sao_Paulo")}


def local(moment, language):
    """What the fact says, as wall-clock text of that person."""
    zone = zoneinfo.ZoneInfo("America/New_York" if language == "en" else "America/Sao_Paulo")
    text = datetime.datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    return text.removeprefix("2027-")


@pytest.mark.parametrize("language, phrase, meaning", [*(("en", *pair) for pair in ENGLISH.items()),
                                                       *(("pt-BR", *pair) for pair in PORTUGUESE.items())])
def test_a_phrase_means_one_instant(people, language, phrase, meaning):
    answer = people[language].post("/reminders/preview", title="x", schedule="once", at=phrase)
    assert answer.status == 200, answer.complaint("at")
    assert local(answer.times[0], language) == meaning


@pytest.mark.parametrize("phrase", REFUSED)
def test_a_phrase_that_would_be_a_guess_is_refused_and_kept(people, phrase):
    path = people["en"].make("Not moved", at="in 5 hours")
    answer = people["en"].post(f"{path}/snoozes", until=phrase)
    assert answer.status == 422 and answer.complaint("until")
    assert "\x00" in phrase or answer.form(f"{path}/snoozes").value("until") == phrase
    assert people["en"].page(path).fact("status") == "active"


def test_where_a_phrase_is_refused_the_word_is_named(people):
    answer = people["en"].post("/reminders/preview", title="x", at="tomorow at 9")
    assert answer.status == 422 and "tomorow" in answer.complaint("at") and "tomorrow" in answer.complaint("at")


@pytest.mark.parametrize("phrase", ["tomorow", "in 2 hurs", "end of dya", "aftr lunch", "new year"])
def test_what_is_offered_instead_would_be_taken(people, phrase):
    said = people["en"].post("/reminders/preview", title="x", at=phrase).complaint("at")
    offered = said.split("Did you mean “")[1].split("”")[0]
    assert people["en"].post("/reminders/preview", title="x", at=offered).status == 200, offered


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_the_original_words_are_stored_and_what_was_understood_is_said(people, language):
    visitor = people[language]
    path = visitor.make("Words", at="in 5 hours")
    answer = visitor.post(f"{path}/snoozes", until="Amanhã  às 9h")
    page = visitor.page(answer.location)
    assert "09:00" in page.flash and "Amanhã" in page.text
    assert "Amanhã" in visitor.page(path).text


def test_a_default_hour_of_ones_own_counts(march):
    visitor = Person(march)
    form = visitor.page("/settings/profile").form("/settings/profile")
    assert visitor.post("/settings/profile", {**dict(form.presets()), "default_hour": "07:45"}).status == 303
    assert local(visitor.post("/reminders/preview", title="x", at="tomorrow").times[0], "en") == "03-11T07:45"
