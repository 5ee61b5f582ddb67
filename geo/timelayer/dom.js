// Elements of the page.
export function make(tag, className, attributes = {}, text) {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}
export function safeLink(url, text) {
  if (!/^https?:\/\//i.test(url ?? "")) return null;
  return make("a", "fl-link", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}
export function debounce(act, rest) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(act, rest); };
}
