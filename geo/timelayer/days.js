// Days are whole numbers since the payload's epoch, and YYYY-MM-DD outside. Date is used in UTC
// alone: a local-time Date would put readers west of Greenwich one day early.

const DAY_MS = 86400000;

function makeDays(epoch, count) {
  const origin = Date.parse(`${epoch}T00:00:00Z`) / DAY_MS;
  const clamp = (day) => Math.max(0, Math.min(count - 1, Math.round(day)));
  const iso = (day) => new Date((origin + day) * DAY_MS).toISOString().slice(0, 10);
  const parse = (text) => {
    const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
    if (Number.isNaN(whole)) throw new RangeError(`not a day: ${text}; expected YYYY-MM-DD`);
    return whole / DAY_MS - origin;
  };
  return { count, clamp, iso, parse };
}

function dayInWords(iso, words) {
  const [year, month, day] = iso.split("-").map(Number);
  return fill(words.day, { day, month: words.months[month - 1], year });
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// The form of a counted word that its language asks for: one, few, many …
let formOf = (count) => (count === 1 ? 0 : 1);

// From here on words are counted and places are named as the language does.
function speak({ lang, plurals }, places) {
  const rules = new Intl.PluralRules(lang);
  formOf = (count) => plurals.indexOf(rules.select(count));
  places.name_en = places.name;
  places.name = places.name.map((name, place) => places[`name_${lang}`][place] || name);
}

function otherNames(places, place) {
  const names = ["name_en", "name_uk", "name_ru", "admin1"].map((key) => places[key][place]);
  return [...new Set(names)].filter((name) => name && name !== places.name[place]).join(" · ");
}

function counted(forms, count) {
  return fill(forms[Math.min(formOf(count), forms.length - 1)], { count });
}
