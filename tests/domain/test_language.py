"""The meter on sentences made up for it, and what holds for every text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.language import Reading
from bot.domain.language_lists import LOWERING, RAISING, SHAPES, Phrase
from bot.domain.language_quiet import Quiet
from tests.bench.language import auc, flesch, the_meter

METER = the_meter()
COMPANY = {
    "en": "We're proud to announce that our team leverages cutting-edge technology to empower customers. Learn more!",
    "nl": "Wij zijn trots te kunnen melden dat onze organisatie middels een integrale aanpak stappen zet. Lees meer.",
}
PERSON = {
    "en": "At three in the morning the baker called. I asked Marloes to wait, but she was in the van already.",
    "nl": "Gisteren stond ik om drie uur 's nachts bij de bakker. Geen water, geen brood. Hij had al koffie voor me.",
}
SHOWN = [
    (language, phrase)
    for language in ("en", "nl")
    for entry in METER.lists[language].entries
    if entry.say is not None
    for phrase in entry.phrases[:1]
]
TEXTS = st.lists(
    st.sampled_from(
        [
            *" ".join((*COMPANY.values(), *PERSON.values())).split(),
            "#proud",
            "€5",
            "?",
            "…",
            "haha",
            "\n",
            "<@U1>",
            "📣",
        ]
    ),
    max_size=60,
).map(" ".join)


def read(text: str, language: str | None = None) -> Reading:
    return METER.read(text, language)


def moved(text: str, language: str | None = None) -> dict[str, float]:
    return {reason.sign: reason.moved for reason in read(text, language).reasons}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_colleague_scores_far_above_a_company(language: str) -> None:
    company, person = read(COMPANY[language]), read(PERSON[language])
    assert (company.language, person.language) == (language, language)
    assert company.score < 10 < 70 < person.score


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_company_gets_the_question_and_three_replacements(language: str) -> None:
    reading = read(COMPANY[language])
    assert reading.question == METER.lists[language].question
    assert len(reading.tips) == 3
    assert all(tip.phrase in COMPANY[language] and tip.say for tip in reading.tips)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_colleague_gets_neither(language: str) -> None:
    assert (read(PERSON[language]).question, read(PERSON[language]).tips) == (None, ())


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Acme is proud to announce a thing.", "announce"),
        ("They keep leveraging synergies.", "buzz"),
        ("With regard to the pump: it runs.", "officialese"),
        ("An award-winning pump.", "hype"),
        ("Click here for the pump.", "action"),
        ("The company and its customers.", "organisation"),
        ("The consideration of the observation.", "abstract"),
        ("The pump was repaired.", "passive"),
        ("Extraordinarily convoluted sentences.", "long"),
        ("We have our pump with us.", "we"),
        ("A pump. #pump", "hashtags"),
        ("It cost $4 million, says the CEO.", "titles"),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen.",
            "sentences",
        ),
    ],
)
def test_what_lowers(text: str, sign: str) -> None:
    assert sign in (*LOWERING, *SHAPES)
    assert moved(text, "en")[sign] < 0


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I saw it.", "first"),
        ("You will see yours.", "you"),
        ("It's just really weird, but nice.", "everyday"),
        ("My son fixed the pump yesterday.", "did"),
        ("Marloes drove to Zutphen.", "did"),
        ("Is the pump running?", "question"),
        ("haha, oh well :)", "ease"),
    ],
)
def test_what_raises(text: str, sign: str) -> None:
    assert sign in (*RAISING, "question")
    assert moved(text, "en")[sign] > 0


@pytest.mark.parametrize(
    "text", ["", " ", "🎉🎉", "👍🏽", "<@U123> <#C1|general>", "https://example.org", "...", "\u200b", "漢字"]
)
def test_hardly_a_word_is_no_opinion_and_no_tips(text: str) -> None:
    reading = read(text)
    assert 35 < reading.score < 70
    assert (reading.question, reading.tips) == (None, ())


@pytest.mark.parametrize(
    ("text", "language", "quiet"),
    [
        ("Our office is closed after a gas leak, everyone is safe.", "en", Quiet.CRISIS),
        (
            "There was a fire in the store, and two colleagues were injured; the team is leveraging support.",
            "en",
            Quiet.CRISIS,
        ),
        (
            "Na een brand in de hal zijn twee medewerkers gewond, dat borgen wij middels een onderzoek.",
            "nl",
            Quiet.CRISIS,
        ),
        ("“We are leveraging our synergies in order to empower customers”, she said.", "en", Quiet.QUOTE),
        ("> We are leveraging our synergies in order to empower our customers.", "en", Quiet.QUOTE),
        ("The company shall not be liable for any damages in order to utilize it.", "en", Quiet.LAW),
        ("Op onze diensten zijn de algemene voorwaarden middels deze link van toepassing.", "nl", Quiet.LAW),
    ],
)
def test_it_keeps_quiet(text: str, language: str, quiet: Quiet) -> None:
    reading = read(text, language)
    assert (reading.quiet, reading.question, reading.tips) == (quiet, None, ())


def test_one_doubtful_word_is_no_crisis() -> None:
    assert read("Our fire pumps are leveraging technology in order to empower the stakeholders.").quiet is None


def test_somebody_elses_words_get_no_tip() -> None:
    tips = read('Wim told the stakeholders "we are leveraging synergies here" and the room fell silent at once.').tips
    assert [tip.phrase for tip in tips] == ["stakeholders"]


def test_under_eight_words_there_is_a_score_and_no_tip() -> None:
    short, long = (
        read("Leveraging synergies for stakeholders, seamlessly."),
        read("Leveraging synergies for stakeholders, seamlessly, in the pump hall of the town."),
    )
    assert short.score < 35
    assert short.tips == ()
    assert long.tips


def test_a_name_is_somebody() -> None:
    assert read("A robust pump for all stakeholders in town, says nobody.", "en").question is not None
    assert read("A robust pump for all stakeholders in town, by Marloes.", "en").question is None


def test_the_companys_own_words_count_for_nothing() -> None:
    text = "Robust Impact is the pump that stakeholders in this town ask for."
    plain, allowed = METER.read(text, "en"), METER.read(text, "en", allowed=["robust impact"])
    assert "Robust" in {tip.phrase for tip in plain.tips}
    assert {tip.phrase for tip in allowed.tips} == {"stakeholders"}
    assert allowed.score > plain.score


def test_links_mentions_and_code_are_not_read() -> None:
    said = "I fixed the pump, and it runs again."
    dressed = f"<@U0123ABC> {said} <https://example.org/leveraging|https://example.org> `stakeholders` :rocket: 🚀"
    assert read(dressed).score == read(said).score


def test_us_can_be_a_country() -> None:
    assert "we" not in moved("The pump went to the US by boat.", "en")
    assert "we" in moved("The pump went to us by boat.", "en")


def test_typographers_apostrophes_are_apostrophes() -> None:
    assert (
        read("We’re proud to announce it’s here", "en").score == read("We're proud to announce it's here", "en").score
    )


@pytest.mark.parametrize(
    ("text", "otherwise", "language"), [("pump", "nl", "nl"), ("the pump", "nl", "en"), ("de pomp", "en", "nl")]
)
def test_the_language_is_guessed_by_its_small_words(text: str, otherwise: str, language: str) -> None:
    assert METER.read(text, otherwise=otherwise).language == language


@given(st.text(max_size=300), st.sampled_from(["en", "nl", "xx", None]))
@example("İİİ ẞ", "en")
@example("\ud800 I was", "en")
@example("( ( ( `````` <<<@ ::::", "nl")
def test_every_text_gets_a_score_and_always_the_same(text: str, language: str | None) -> None:
    reading = read(text, language)
    assert 0 <= reading.score <= 100
    assert reading == read(text, language)
    assert len(reading.tips) <= 3
    assert all(tip.phrase in text for tip in reading.tips)


@given(TEXTS, st.sampled_from(["en", "nl"]))
def test_each_reason_moves_the_meter_its_own_way(text: str, language: str) -> None:
    for sign, points in moved(text, language).items():
        assert (points > 0) == (sign in (*RAISING, "question"))


@given(TEXTS, st.sampled_from(["en", "nl"]))
def test_a_shown_phrase_cut_raises_the_score(text: str, language: str) -> None:
    reading = read(text, language)
    for tip in reading.tips:
        assert read(text.replace(tip.phrase, "", 1), language).score > reading.score


@given(TEXTS, st.sampled_from(SHOWN))
def test_one_more_company_phrase_never_raises_it(text: str, shown: tuple[str, Phrase]) -> None:
    language, phrase = shown
    before, after = read(f"{text}.", language), read(f"{text}. {' '.join(phrase.words)}", language)
    assert after.score <= before.score


@given(TEXTS)
def test_saying_i_five_times_gains_at_most_twenty(text: str) -> None:
    assert read(f"{text} I I I I I", "en").score - read(text, "en").score <= 20
    assert read(f"{text} ik ik, ik. ik ik", "nl").score - read(text, "nl").score <= 20


def test_a_personal_sentence_does_more_than_all_replacements() -> None:
    text = "We are proud to announce that the new pump in Zutphen runs. It is there in order to help the customers."
    mended = text.replace("We are proud to announce that the", "The").replace("in order to", "to")
    personal = f"{text} I drove there last night, and my son held the lamp."
    assert read(personal).score - read(text).score > 30 > read(mended).score - read(text).score > 0


def test_how_often_people_score_above_companies() -> None:
    assert auc([3, 2], [1, 0]) == 1
    assert auc([1, 1], [1, 1]) == 0.5
    assert auc([0, 3], [1, 2]) == 0.5


def test_plain_words_are_easier_to_read() -> None:
    assert (
        flesch("The cat sat on the mat.", "en") > 100 > flesch("Organisational considerations notwithstanding.", "en")
    )
    assert flesch("De kat zat op de mat.", "nl") > 100 > flesch("Organisatorische overwegingen desalniettemin.", "nl")
