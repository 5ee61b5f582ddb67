"""The areas and countries of the background: names in the packages, ids and names here."""

from __future__ import annotations

# Natural Earth's name -> id and English name here (its spelling is older, in places Russian).
UKRAINIAN_AREAS = {
    "Cherkasy": ("cherkasy-oblast", "Cherkasy Oblast"),
    "Chernihiv": ("chernihiv-oblast", "Chernihiv Oblast"),
    "Chernivtsi": ("chernivtsi-oblast", "Chernivtsi Oblast"),
    "Crimea": ("crimea", "Autonomous Republic of Crimea"),
    "Dnipropetrovs'k": ("dnipropetrovsk-oblast", "Dnipropetrovsk Oblast"),
    "Donets'k": ("donetsk-oblast", "Donetsk Oblast"),
    "Ivano-Frankivs'k": ("ivano-frankivsk-oblast", "Ivano-Frankivsk Oblast"),
    "Kharkiv": ("kharkiv-oblast", "Kharkiv Oblast"),
    "Kherson": ("kherson-oblast", "Kherson Oblast"),
    "Khmel'nyts'kyy": ("khmelnytskyi-oblast", "Khmelnytskyi Oblast"),
    "Kiev": ("kyiv-oblast", "Kyiv Oblast"),
    "Kiev City": ("kyiv", "Kyiv"),
    "Kirovohrad": ("kirovohrad-oblast", "Kirovohrad Oblast"),
    "L'viv": ("lviv-oblast", "Lviv Oblast"),
    "Luhans'k": ("luhansk-oblast", "Luhansk Oblast"),
    "Mykolayiv": ("mykolaiv-oblast", "Mykolaiv Oblast"),
    "Odessa": ("odesa-oblast", "Odesa Oblast"),
    "Poltava": ("poltava-oblast", "Poltava Oblast"),
    "Rivne": ("rivne-oblast", "Rivne Oblast"),
    "Sevastopol": ("sevastopol", "Sevastopol"),
    "Sumy": ("sumy-oblast", "Sumy Oblast"),
    "Ternopil'": ("ternopil-oblast", "Ternopil Oblast"),
    "Transcarpathia": ("zakarpattia-oblast", "Zakarpattia Oblast"),
    "Vinnytsya": ("vinnytsia-oblast", "Vinnytsia Oblast"),
    "Volyn": ("volyn-oblast", "Volyn Oblast"),
    "Zaporizhzhya": ("zaporizhzhia-oblast", "Zaporizhzhia Oblast"),
    "Zhytomyr": ("zhytomyr-oblast", "Zhytomyr Oblast"),
}
RUSSIAN_AREAS = {
    "Adygey": ("adygea", "Republic of Adygea"),  # else Krasnodar Krai has a hole
    "Belgorod": ("belgorod-oblast", "Belgorod Oblast"),
    "Bryansk": ("bryansk-oblast", "Bryansk Oblast"),
    "Krasnodar": ("krasnodar-krai", "Krasnodar Krai"),
    "Kursk": ("kursk-oblast", "Kursk Oblast"),
    "Lipetsk": ("lipetsk-oblast", "Lipetsk Oblast"),
    "Orel": ("oryol-oblast", "Oryol Oblast"),
    "Rostov": ("rostov-oblast", "Rostov Oblast"),
    "Voronezh": ("voronezh-oblast", "Voronezh Oblast"),
}
# Where people look closely: these keep the most detail.
FRONT_AREAS = frozenset(
    "belgorod-oblast crimea dnipropetrovsk-oblast donetsk-oblast kharkiv-oblast kherson-oblast "
    "kursk-oblast luhansk-oblast mykolaiv-oblast sevastopol sumy-oblast zaporizhzhia-oblast".split()
)
# world-atlas' name -> ISO 3166-1 alpha-2 and English name here.
COUNTRIES = {
    "Albania": ("AL", "Albania"),
    "Armenia": ("AM", "Armenia"),
    "Austria": ("AT", "Austria"),
    "Azerbaijan": ("AZ", "Azerbaijan"),
    "Belarus": ("BY", "Belarus"),
    "Bosnia and Herz.": ("BA", "Bosnia and Herzegovina"),
    "Bulgaria": ("BG", "Bulgaria"),
    "Croatia": ("HR", "Croatia"),
    "Czechia": ("CZ", "Czechia"),
    "Estonia": ("EE", "Estonia"),
    "Finland": ("FI", "Finland"),
    "Georgia": ("GE", "Georgia"),
    "Greece": ("GR", "Greece"),
    "Hungary": ("HU", "Hungary"),
    "Italy": ("IT", "Italy"),
    "Kazakhstan": ("KZ", "Kazakhstan"),
    "Kosovo": ("XK", "Kosovo"),
    "Latvia": ("LV", "Latvia"),
    "Lithuania": ("LT", "Lithuania"),
    "Macedonia": ("MK", "North Macedonia"),
    "Moldova": ("MD", "Moldova"),
    "Montenegro": ("ME", "Montenegro"),
    "Poland": ("PL", "Poland"),
    "Romania": ("RO", "Romania"),
    "Russia": ("RU", "Russia"),
    "Serbia": ("RS", "Serbia"),
    "Slovakia": ("SK", "Slovakia"),
    "Slovenia": ("SI", "Slovenia"),
    "Sweden": ("SE", "Sweden"),
    "Turkey": ("TR", "Turkey"),
    "Ukraine": ("UA", "Ukraine"),
    "Åland": ("FI", "Finland"),
}
