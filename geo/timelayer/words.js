// Words on screen: gaps filled, days written out, counted words in the form their language asks for.
export function dayInWords(iso, words) {
  const [year, month, day] = iso.split("-").map(Number);
  return fill(words.day, { day, month: words.months[month - 1], year });
}

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// The form of a counted word that its language asks for: one, few, many …
let formOf = (count) => (count === 1 ? 0 : 1);

// From here on words are counted and places are named as the language does.
export function speak({ lang, plurals }, places) {
  const rules = new Intl.PluralRules(lang);
  formOf = (count) => plurals.indexOf(rules.select(count));
  places.name_en = places.name;
  places.name = places.name.map((name, place) => places[`name_${lang}`][place] || name);
}

export function otherNames(places, place) {
  const names = ["name_en", "name_uk", "name_ru", "admin1"].map((key) => places[key][place]);
  return [...new Set(names)].filter((name) => name && name !== places.name[place]).join(" · ");
}

export function counted(forms, count) {
  return fill(forms[Math.min(formOf(count), forms.length - 1)], { count });
}
