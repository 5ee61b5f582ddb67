"""Words on the picture, one table a language: the same keys and gaps in each."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from geo.model import (
    ALL_SIDES,
    CONTROLLERS,
    SIDES,
    Controller,
    Dataset,
    Kind,
    Status,
)
from geo.wording.claims import (
    BACKGROUND_CREDIT,
    CAVEAT,
    CONTROLLER_NAMES,
    LICENCE,
    MONTHS,
    NO_STATEMENT,
    SIDE_NAMES,
    STATUS_NAMES,
    says,
)


class Lang(StrEnum):
    """The languages a picture speaks."""

    EN = "en"
    UK = "uk"
    RU = "ru"


_ENGLISH = {
    "title": "Who says what about control, {day}",
    "title_place": "{place}: who says what about control, {day}",
    "title_pair": "Who says what about control: {day} and {day2}",
    "title_voices": "Control according to two voices, {day}",
    "title_film": "Who says what about control of places",
    "day": "{day} {month} {year}",
    "months": " ".join(MONTHS),
    "known": "as known on {day}",
    "known_later": "{day}, judged by statements up to {until}",
    "view_all": "all sides",
    "view_only": "{side} only",
    "view_claimant": "according to {name}",
    "nothing": NO_STATEMENT,
    "nothing_yet": "No statement found for this day, this area and this view",
    "caveat": CAVEAT,
    "licence": f"{LICENCE} {BACKGROUND_CREDIT}",
    "sources": "Statements published by: {outlets}",
    "more": " and {count} more",
    "ledger": "Statements found up to {day}; ledger {version}.",
    "reopen": "Open this view: {address}",
    "km": "km",
    "left_half": "left half: what Ukraine's side says",
    "right_half": "right half: what Russia's side says",
    "held_ukraine": "both say Ukraine holds it",
    "held_russia": "both say Russia holds it",
    "held_contested": "both say it is contested",
    "disputed": "strong rim: the sides disagree",
    "ring": "outer ring: latest third-party position",
    "pale": "paler: said over 30, over 90 days before",
    "silent": "small circle: nobody has spoken yet",
    "areas_reach": "Ground around places: derived from statements, not a front line.",
    "areas_oblasts": "Outlines: statements on whole oblasts.",
    "areas_series": "Areas of {name}: observed on {day} (age in days: {age}).",
    "areas_before": "Areas of {name}: no observation by this day.",
    "earlier": "and {count} earlier",
    "changes": "Changed between the two days (ringed): {count}",
    "change": "{place}: {side}, {before} → {after}",
    "no_changes": "No side changed its position here between the two days.",
    "named": "{label}: {places}.",
} | {
    **{f"side_{side}": SIDE_NAMES[side] for side in SIDES},
    **{f"controller_{controller}": CONTROLLER_NAMES[controller] for controller in CONTROLLERS},
    **{f"status_{status}": STATUS_NAMES[status] for status in Status},
    "count_agreed": "both sides say the same: {count}",
    "count_disputed": "the sides disagree: {count}",
    "count_one-sided": "only one side has spoken: {count}",
    "count_third-only": "only third parties have spoken: {count}",
}

_UKRAINIAN = {
    "title": "Хто що каже про контроль, {day}",
    "title_place": "{place}: хто що каже про контроль, {day}",
    "title_pair": "Хто що каже про контроль: {day} і {day2}",
    "title_voices": "Контроль за двома версіями, {day}",
    "title_film": "Хто що каже про контроль над населеними пунктами",
    "day": "{day} {month} {year} року",
    "months": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада "
    "грудня",
    "known": "за відомим на {day}",
    "known_later": "{day}, за заявами до {until}",
    "view_all": "усі сторони",
    "view_only": "лише {side}",
    "view_claimant": "за словами: {name}",
    "nothing": "заяв не знайдено",
    "nothing_yet": "Для цього дня, місцевості й вигляду заяв не знайдено",
    "caveat": "Кольори показують, хто, за заявами, утримує місце. Це заяви, а не перевірений "
    "контроль.",
    "licence": "Дані: Frontline Claims, CC BY 4.0. Кордони: Natural Earth. Місця: GeoNames "
    "(CC BY 4.0).",
    "sources": "Заяви опублікували: {outlets}",
    "more": " та ще {count}",
    "ledger": "Заяви знайдено до {day}; реєстр {version}.",
    "reopen": "Відкрити цей вигляд: {address}",
    "km": "км",
    "left_half": "ліва половина: що каже українська сторона",
    "right_half": "права половина: що каже російська сторона",
    "held_ukraine": "обидві кажуть: утримує Україна",
    "held_russia": "обидві кажуть: утримує Росія",
    "held_contested": "обидві кажуть: тривають бої",
    "disputed": "виразний обідок: сторони не згодні",
    "ring": "зовнішнє кільце: позиція третіх сторін",
    "pale": "блідіше: сказано понад 30, 90 днів тому",
    "silent": "мале коло: ніхто ще не висловився",
    "areas_reach": "Тло навколо місць: виведено із заяв, це не лінія фронту.",
    "areas_oblasts": "Контури: заяви про цілі області.",
    "areas_series": "Площі за {name}: спостереження на {day} (давність у днях: {age}).",
    "areas_before": "Площі за {name}: до цього дня спостережень немає.",
    "earlier": "і раніших: {count}",
    "changes": "Змінилося між двома днями (обведено): {count}",
    "change": "{place}: {side}, {before} → {after}",
    "no_changes": "Між двома днями жодна сторона не змінила тут позиції.",
    "named": "{label}: {places}.",
    "side_ukraine": "українська сторона",
    "side_russia": "російська сторона",
    "side_third": "треті сторони",
    "controller_ukraine": "Україна",
    "controller_russia": "Росія",
    "controller_contested": "тривають бої",
    "status_agreed": "обидві сторони кажуть те саме",
    "status_disputed": "сторони не згодні",
    "status_one-sided": "висловилася лише одна сторона",
    "status_third-only": "висловилися лише треті сторони",
    "status_silent": "заяв не знайдено",
    "count_agreed": "обидві сторони кажуть те саме: {count}",
    "count_disputed": "сторони не згодні: {count}",
    "count_one-sided": "висловилася лише одна сторона: {count}",
    "count_third-only": "висловилися лише треті сторони: {count}",
}

_RUSSIAN = {
    "title": "Кто что говорит о контроле, {day}",
    "title_place": "{place}: кто что говорит о контроле, {day}",
    "title_pair": "Кто что говорит о контроле: {day} и {day2}",
    "title_voices": "Контроль по двум версиям, {day}",
    "title_film": "Кто что говорит о контроле над населёнными пунктами",
    "day": "{day} {month} {year} года",
    "months": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "known": "по известному на {day}",
    "known_later": "{day}, по заявлениям до {until}",
    "view_all": "все стороны",
    "view_only": "только {side}",
    "view_claimant": "по словам: {name}",
    "nothing": "заявлений не найдено",
    "nothing_yet": "Для этого дня, местности и вида заявлений не найдено",
    "caveat": "Цвета показывают, кто, по заявлениям, удерживает место. Это заявления, а не "
    "проверенный контроль.",
    "licence": "Данные: Frontline Claims, CC BY 4.0. Границы: Natural Earth. Места: GeoNames "
    "(CC BY 4.0).",
    "sources": "Заявления опубликовали: {outlets}",
    "more": " и ещё {count}",
    "ledger": "Заявления найдены до {day}; реестр {version}.",
    "reopen": "Открыть этот вид: {address}",
    "km": "км",
    "left_half": "левая половина: что говорит украинская сторона",
    "right_half": "правая половина: что говорит российская сторона",
    "held_ukraine": "обе говорят: удерживает Украина",
    "held_russia": "обе говорят: удерживает Россия",
    "held_contested": "обе говорят: идут бои",
    "disputed": "чёткий ободок: стороны не согласны",
    "ring": "внешнее кольцо: позиция третьих сторон",
    "pale": "бледнее: сказано более 30, 90 дней назад",
    "silent": "малый круг: никто ещё не высказался",
    "areas_reach": "Фон вокруг мест: выведен из заявлений, это не линия фронта.",
    "areas_oblasts": "Контуры: заявления о целых областях.",
    "areas_series": "Площади по {name}: наблюдение на {day} (давность в днях: {age}).",
    "areas_before": "Площади по {name}: до этого дня наблюдений нет.",
    "earlier": "и более ранних: {count}",
    "changes": "Изменилось между двумя днями (обведено): {count}",
    "change": "{place}: {side}, {before} → {after}",
    "no_changes": "Между двумя днями ни одна сторона не изменила здесь позиции.",
    "named": "{label}: {places}.",
    "side_ukraine": "украинская сторона",
    "side_russia": "российская сторона",
    "side_third": "третьи стороны",
    "controller_ukraine": "Украина",
    "controller_russia": "Россия",
    "controller_contested": "идут бои",
    "status_agreed": "обе стороны говорят одно и то же",
    "status_disputed": "стороны не согласны",
    "status_one-sided": "высказалась только одна сторона",
    "status_third-only": "высказались только третьи стороны",
    "status_silent": "заявлений не найдено",
    "count_agreed": "обе стороны говорят одно и то же: {count}",
    "count_disputed": "стороны не согласны: {count}",
    "count_one-sided": "высказалась только одна сторона: {count}",
    "count_third-only": "высказались только третьи стороны: {count}",
}
FIGURE_WORDS = {Lang.EN: _ENGLISH, Lang.UK: _UKRAINIAN, Lang.RU: _RUSSIAN}

# What a claim says, after the speaker's name. Both belligerents' names are feminine in Ukrainian
# and in Russian; the verbs in the present do not show the speaker's gender.
_SAYS = {
    Lang.UK: {
        Kind.CAPTURED: "заявляє, що місце захопила {name}",
        Kind.RECAPTURED: "заявляє, що місце повернула {name}",
        Kind.HOLDS: "заявляє, що місце утримує {name}",
        Kind.DENIES: "заперечує протилежну заяву: місце утримує {name}",
        Kind.WITHDREW: "заявляє про відхід своїх сил",
        Kind.FOOTHOLD: "заявляє, що штурмові сили в невеликій частині",
        Kind.CONTESTED: "заявляє, що за місце тривають бої",
        Kind.APPROACHING: "заявляє про бої поблизу: місце утримує {name}",
    },
    Lang.RU: {
        Kind.CAPTURED: "заявляет, что место захватила {name}",
        Kind.RECAPTURED: "заявляет, что место вернула {name}",
        Kind.HOLDS: "заявляет, что место удерживает {name}",
        Kind.DENIES: "отрицает противоположное заявление: место удерживает {name}",
        Kind.WITHDREW: "заявляет об отходе своих сил",
        Kind.FOOTHOLD: "заявляет, что штурмовые силы в небольшой части",
        Kind.CONTESTED: "заявляет, что за место идут бои",
        Kind.APPROACHING: "заявляет о боях поблизости: место удерживает {name}",
    },
}
# Where a contested place changes the sentence.
_SAYS_CONTESTED = {
    Lang.UK: {
        Kind.DENIES: "заперечує протилежну заяву: за місце тривають бої",
        Kind.WITHDREW: "заявляє про відхід своїх сил із частини місця",
    },
    Lang.RU: {
        Kind.DENIES: "отрицает противоположное заявление: за место идут бои",
        Kind.WITHDREW: "заявляет об отходе своих сил из части места",
    },
}


def says_in(lang: Lang, kind: Kind, controller: Controller) -> str:
    """Put a claim in words of a language, to follow the speaker's name."""
    if lang is Lang.EN:
        return says(kind, controller)
    contested = controller is Controller.CONTESTED
    said = (_SAYS_CONTESTED[lang] if contested else {}).get(kind, _SAYS[lang][kind])
    return said.format(name=FIGURE_WORDS[lang][f"controller_{controller}"])


def day_in(lang: Lang, day: date) -> str:
    """Write a day out in a language: 11 December 2025, 11 грудня 2025 року."""
    words = FIGURE_WORDS[lang]
    month = words["months"].split()[day.month - 1]
    return words["day"].format(day=day.day, month=month, year=day.year)


def known_in(lang: Lang, as_of: date, known_by: date) -> str:
    """Say in a language by which statements the day is judged."""
    words = FIGURE_WORDS[lang]
    if known_by == as_of:
        return words["known"].format(day=day_in(lang, as_of))
    return words["known_later"].format(day=day_in(lang, as_of), until=day_in(lang, known_by))


def view_in(lang: Lang, dataset: Dataset, view: str) -> str:
    """Name in a language who is heard; claimants keep the name that the ledger gives them."""
    words = FIGURE_WORDS[lang]
    if view == ALL_SIDES:
        return words["view_all"]
    if view in SIDES:
        return words["view_only"].format(side=words[f"side_{view}"])
    return words["view_claimant"].format(name=dataset.claimants["name"][view])
