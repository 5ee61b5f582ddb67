// Words on screen: gaps filled, days written out, counted words in the form their language asks for.

/** @import { Forms, Places, Words } from "./types.d.ts" */

/**
 * A day as the language writes it out.
 * @param {string} iso
 * @param {Words} words
 */
export function dayInWords(iso, words) {
  const [year, month, day] = iso.split("-").map(Number);
  return fill(words.day, { day, month: words.months[month - 1], year });
}

/**
 * Puts values into the gaps of a sentence.
 * @param {string} template
 * @param {object} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => String(Reflect.get(values, name)));
}

/**
 * The form of a counted word that its language asks for: one, few, many …
 * @type {(count: number) => number}
 */
let formOf = (count) => (count === 1 ? 0 : 1);

/**
 * From here on words are counted and places are named as the language does.
 * @param {Words} words
 * @param {Places} places
 */
export function speak({ lang, plurals, admin1s }, places) {
  const rules = new Intl.PluralRules(lang);
  formOf = (count) => plurals.indexOf(rules.select(count));
  places.name_en = places.name;
  places.name = places.name.map((name, place) => places[`name_${lang}`]?.[place] || name);
  places.admin1 = places.admin1.map((name) => admin1s[name] ?? name);
}

/**
 * A place's name in English, Ukrainian and Russian.
 * @param {Places} places
 * @param {number} place
 */
export function spellings({ name, name_en: english = name, name_uk: uk, name_ru: ru }, place) {
  return [english[place], uk[place], ru[place]];
}

/**
 * Other spellings of a place's name, and its oblast.
 * @param {Places} places
 * @param {number} place
 */
export function otherNames(places, place) {
  const names = new Set([...spellings(places, place), places.admin1[place]]);
  return [...names].filter((name) => name && name !== places.name[place]).join(" · ");
}

/**
 * A count with its word.
 * @param {Forms} forms
 * @param {number} count
 */
export function counted(forms, count) {
  return fill(forms[Math.min(formOf(count), forms.length - 1)], { count });
}
